import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** Serves one Solr home on 127.0.0.1, as Solr's own start script would. */
public class Solr {
    public static void main(String[] arguments) throws Exception {
        System.setProperty("solr.solr.home", arguments[0]);
        Server server = new Server(
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1])));
        ServletContextHandler context = new ServletContextHandler();
        context.setContextPath("/solr");
        context.addEventListener(new CoreContainerProvider());
        context.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(DefaultServlet.class, "/");
        server.setHandler(context);
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }
}
