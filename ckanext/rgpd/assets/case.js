/* The case page: shows the questions of the chosen basis, and waits for a running scan.
   Without script the page works too: a saved basis shows its questions, and a link reloads. */
"use strict";

ckan.module("rgpd-basis", function ($) {
  return {
    initialize: function () {
      this.update = this.update.bind(this);
      this.el.on("change", "input[name=dcp_publication_basis]", this.update);
      this.update();
    },
    update: function () {
      var chosen = this.el.find("input[name=dcp_publication_basis]:checked").val();
      this.el.find("[data-rgpd-basis]").each(function () {
        var off = this.getAttribute("data-rgpd-basis") !== chosen;
        this.disabled = off;
        this.hidden = off;
      });
    },
  };
});

ckan.module("rgpd-progress", function ($) {
  return {
    options: { url: null, seconds: 2 },
    initialize: function () {
      this.ask = this.ask.bind(this);
      this.timer = setTimeout(this.ask, this.options.seconds * 1000);
    },
    teardown: function () {
      clearTimeout(this.timer);
    },
    ask: function () {
      var self = this;
      fetch(this.options.url, { credentials: "same-origin", cache: "no-store" })
        .then(function (response) {
          return response.json();
        })
        .then(function (answer) {
          if (!answer.pending) {
            window.location.reload();
            return;
          }
          self.el.find("progress").val(answer.progress);
          self.timer = setTimeout(self.ask, self.options.seconds * 1000);
        })
        .catch(function () {
          self.timer = setTimeout(self.ask, 10000);
        });
    },
  };
});
