"""Words of headers that announce other numbers: of goods, files and parts."""

OTHER_NUMBERS = frozenset(
    "code codes ref reference references lot colis contrat produit article ean isbn gtin siret "
    "siren insee compte dossier version facture commande ticket serie serial piece part marche "
    "parcelle lots modele sku imei vin cpv rcs tva budget mandat chapitre date horodatage "
    "timestamp".split()
)
