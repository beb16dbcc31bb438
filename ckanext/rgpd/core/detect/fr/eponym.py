"""Persons after whom France names its streets, schools and squares: their names are places.

>>> is_eponym("Victor HUGO"), is_eponym("Général de Gaulle"), is_eponym("Jeanne Exemple")
(True, True, False)
"""

from __future__ import annotations

from functools import lru_cache

from ckanext.rgpd.core.detect.word_list import key

_NAMES = frozenset(
    "victor hugo,jean jaures,jules ferry,louis pasteur,pasteur,leon gambetta,gambetta,emile zola,"
    "jean moulin,leon blum,anatole france,aristide briand,paul bert,pierre curie,marie curie,"
    "pierre et marie curie,rosa parks,simone veil,charles de gaulle,de gaulle,foch,joffre,leclerc,"
    "philippe leclerc,georges clemenceau,clemenceau,jeanne d arc,jean mace,jean zay,jules verne,"
    "jules guesde,jules michelet,alphonse daudet,alphonse de lamartine,lamartine,voltaire,"
    "jean jacques rousseau,denis diderot,diderot,moliere,racine,jean racine,corneille,"
    "pierre corneille,jean de la fontaine,honore de balzac,balzac,gustave flaubert,flaubert,"
    "guy de maupassant,maupassant,marcel proust,marcel pagnol,albert camus,antoine de saint "
    "exupery,saint exupery,jacques prevert,paul eluard,louis aragon,arthur rimbaud,paul verlaine,"
    "charles baudelaire,andre malraux,pierre mendes france,mendes france,francois mitterrand,"
    "georges pompidou,robert schuman,jean monnet,winston churchill,nelson mandela,gandhi,"
    "martin luther king,anne frank,louise michel,olympe de gouges,simone de beauvoir,george sand,"
    "berthelot,marcellin berthelot,claude bernard,ambroise croizat,ambroise pare,henri barbusse,"
    "romain rolland,jean mermoz,mermoz,guynemer,georges guynemer,roland garros,pierre brossolette,"
    "guy moquet,gabriel peri,danielle casanova,maurice thorez,salvador allende,henri dunant,"
    "edouard vaillant,jean baptiste clement,claude debussy,hector berlioz,maurice ravel,"
    "georges bizet,charles gounod,claude monet,auguste renoir,paul cezanne,vincent van gogh,"
    "pablo picasso,henri matisse,auguste rodin,gustave eiffel,louis braille,louis bleriot,"
    "ferdinand buisson,joliot curie,frederic joliot curie,irene joliot curie,jacques brel,"
    "georges brassens,edith piaf,charles peguy,raymond poincare,rene descartes,blaise pascal,"
    "francois rabelais,pierre de ronsard,joachim du bellay,michel de montaigne,montesquieu,"
    "chateaubriand,mirabeau,robespierre,danton,lafayette,vauban,colbert,turgot,kleber,"
    "josephine baker,jean vilar,gerard philipe,louis armand,charles perrault,aime cesaire,"
    "victor schoelcher,toussaint louverture,lucie aubrac,germaine tillion,arago,francois arago,"
    "lavoisier,ampere,papin,denis papin,jacquard,parmentier,thiers,adolphe thiers,carnot,"
    "sadi carnot,rene cassin,jacques cartier,samuel de champlain,surcouf,jean bart,du guesclin,"
    "henri iv,louis xiv,napoleon,youri gagarine,albert einstein,albert schweitzer,"
    "jean paul sartre,pierre loti,frederic mistral,jean giono,colette,francoise dolto,"
    "pierre semard,jean bouin,leo lagrange,pierre de coubertin,alice milliat,auguste delaune,"
    "roger salengro,salengro,marcel cerdan,suzanne lenglen,alain mimoun,raymond kopa,marcel paul,"
    "jacques anquetil,jacques chirac,michel rocard,pierre beregovoy,simone signoret,yves montand,"
    "lino ventura,jean gabin,louis lumiere,freres lumiere,francois truffaut,jacques tati,"
    "jacques yves cousteau,paul emile victor,camille claudel,berthe morisot,louise weiss,"
    "elsa triolet,marguerite yourcenar,marguerite duras,boris vian,henri bergson,auguste comte,"
    "gaspard monge,evariste galois,henri becquerel,sophie germain,paul langevin,louis de broglie,"
    "celestin freinet,maria montessori,henri wallon,jacques cousteau".split(",")
)
#: Enterprises and brands of France that are named after a person (from general knowledge).
_HOUSES = frozenset(
    "leroy merlin,yves rocher,jean lefebvre,louis vuitton,marie blachere,eric kayser,"
    "jacques dessange,jean louis david,franck provost,alain afflelou,christian dior,"
    "yves saint laurent,jean paul gaultier,pierre fabre,paul ricard,pierre cardin,nina ricci,"
    "jeff de bruges,leon de bruxelles,michel et augustin,jacques vabre,julien d orcel,guy degrenne,"
    "arthur bonnet,marc orian,guy hoquet,stephane plaza,gault millau,fleury michon,marie brizard,"
    "william saurin,jean caby,daniel moquet,charles alice,louis delhaize,"
    "edouard leclerc,camille albane,saint algue,maurice messegue,jean floc h".split(",")
)
_RANKS = frozenset("general marechal president docteur colonel capitaine amiral abbe".split())


def ends_with_eponym(name: str) -> bool:
    """Whether what follows the first word is one of theirs.

    >>> ends_with_eponym("Crèche Victor Hugo"), ends_with_eponym("Victor Hugo")
    (True, False)
    """
    return key(name).partition(" ")[2] in _NAMES


@lru_cache(maxsize=1_000)  # the same few names stand in every list of streets
def is_eponym(name: str) -> bool:
    """Whether ``name`` is one of theirs, with or without a rank before it."""
    written = key(name)
    first, _, rest = written.partition(" ")
    return (rest if first in _RANKS else written) in _NAMES or written in _HOUSES
