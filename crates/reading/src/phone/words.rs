//! The words that stand beside numbers, by what they say: rows for [`label`](super::label).
//!
//! Lower case, parted by commas; accents as printed (capitals with accents are added by the reader of the table). A word
//! stands alone: it is not found inside of another. English, German, French, Spanish, Italian, Dutch and Portuguese, with
//! the commonest of others; a new language is new words.

use super::label::Label;

/// A number that is spoken into.
pub(super) const PHONE: &str = "
telephone, telephones, phone, phones, phoned, phoning, tel, tel., tel no, ph, ph., ph no, call, call us,
calling, callers, ring, ring us, ringing, dial, dialling, dialing, hotline, hot line, helpline,
help line, helpdesk, infoline, info line, careline, care line, adviceline, advice line, supportline,
support line, order line, orderline, sales line, claims line, customer line, complaints line,
complaint line, enquiry line, phone line, phoneline, landline, land line, switchboard, freephone,
freefone, free phone, toll free, toll-free, tollfree, locall, lo-call, lo call, mobile, mobiles, mob,
mob., cell, cell., cellphone, cell phone, cellular, contact number, contact numbers, contact no,
contact nos, contact us on, contact them on, reach us on, reach us at, speak to, speak with, talk to,
talk with, telephonically, by telephone, direct line, direct dial, direct number, ddi, voice, voicemail,
customer care number, customer care helpline, care number, helpline number, customer support number,
service number, contact page, contacts page, help page,
after hours, after-hours, out of hours, 24 hour, 24-hour, 24hr, 24/7, customer care no,
customer service number, support number, emergency number, number is, our number, phone number,
main number, main line, local number, international number, from abroad, from overseas, outside the uk,
outside uk, outside of the uk, from outside, from within, outside the us, outside the u.s.,
from mobiles, from a mobile, from landlines, residents, pbx, board line, centralised number, std,
missed call, ivr, tele, telno, teleph, hunting line
telefon, telefonnummer, telefonnr, telefon-nr, tel-nr, tel.-nr, tel.nr, fon, rufnummer, rufnummern, ruf,
servicenummer, kontaktnummer, hotlinenummer, kundenservicenummer, whatsappnummer, telefoonnummers, service-nummer, servicehotline, service-hotline, kundenhotline, festnetz, mobil,
mobilnummer, mobiltelefon, handy, handynummer, durchwahl, anrufen, anruf, rufen, rufen sie, telefonisch,
telefonische, telefonischer, telefonservice, zentrale, vermittlung, hotlines, servicetelefon,
service-telefon, kundentelefon, notruf, notfallnummer, sperr-hotline, sperrhotline, schadenhotline,
beschwerdetelefon, infotelefon, bürgertelefon, ansprechbar unter, erreichen sie uns, erreichbar unter,
zu erreichen, aus dem ausland, natel
téléphone, telephonique, téléphonique, téléphoniquement, téléphonez, tél, tél., numéro de téléphone,
n° de téléphone, appel, appeler, appelez, appelez-nous, appelant, composez, composer le, joindre,
joignable, joignables, contacter au, contactez-nous au, numéro vert, n° vert, numéro cristal,
n° cristal, numéro azur, n° azur, numéro gratuit, ligne directe, portable, standard, gsm,
service client au, depuis l'étranger, de l'étranger, urgence, urgences
teléfono, telefono, teléfonos, telefonos, teléf, telf, telf., tfno, tfno., tlf, tlf., tfn, tlfno,
telefónico, telefónica, llame, llamar, llame al, llámenos, llamenos, llámanos, llamanos, llamando,
llamada, llamadas, llama al, llama, móvil, movil, celular, centralita, línea gratuita, línea directa,
número gratuito, atención telefónica, desde el extranjero, teléfono gratuito
telefonico, telefonica, telefonare, telefonando, telefonicamente, telefoni, chiama, chiamaci, chiamare,
chiamando, chiamate, chiami, cellulare, n. verde, numero verde, numero unico, numero gratuito,
centralino, recapito telefonico, recapiti telefonici, contattare il numero, al numero, dall'estero
telefoon, telefoonnummer, telefoonnr, telefonisch bereikbaar, tel.nr., bel, bel ons, bellen, belt,
belt u, mobiel, mobiele, klantenservice, gratis nummer, doorkiesnummer, vanuit het buitenland,
vaste lijn, bereikbaar op, te bereiken op
telefone, telefones, ligue, telemóvel, linha de apoio, puhelin, puh., tlf.nr, mobilnr, telefonnr.,
numer telefonu, infolinia, komórka
";

/// A fax number.
pub(super) const FAX: &str = "
fax, fax., faxes, fax no, fax number, facsimile, telefax, tele-fax, telfax, fax-nr, fax-nr., faxnummer,
telefaxnummer, faxen, per fax, télécopie, telecopie, télécopieur, telecopieur, télécopies, télécopier,
télécopy, faks, telefaks, faksi, efax, e-fax
";

/// A number for typed text.
pub(super) const TEXTPHONE: &str = "
textphone, text phone, text-phone, minicom, mini com, mini-com, typetalk, type talk, text relay,
textrelay, text direct, relay uk, tty, tdd, tty/tdd, tdd/tty, ttd, ata/tty, ngt, next generation text,
teletype, teletypewriter, telecommunications device for the deaf, relay service, schreibtelefon,
teletypewriter (tty), ats, téléscripteur, teksttelefoon, dispositivo de texto, teletipo, 18001,
hearing impaired, hearing-impaired, speech impaired, speech-impaired, hard of hearing, hearing loss
";

/// A messenger.
pub(super) const WHATSAPP: &str = "
whatsapp, whats app, what's app, whats-app, whatsapp number, wa:, telegram, viber, signal:, imessage
";

/// SMS.
pub(super) const SMS: &str = "
sms, text us, text us on, text us at, text message, text messages, by text, by text on, text to, text,
texts, send a text, texting, mms, via sms, per sms, par sms, textez
";

/// Words near a number that make a number likely, and no more.
pub(super) const WEAK: &str = "
contact, contacts, contact us, kontakt, contacto, contatti, contatto, contactez, contacter,
contactez-nous, kontaktieren, neem contact op, support, customer service, customer services,
customer care, customer support, customer relations, kundenservice, kundendienst, kundenbetreuung,
service client, service clients, service clientèle, servicio al cliente, atención al cliente,
servizio clienti, assistenza, reception, front desk, office, offices, head office, enquiries, inquiries,
enquiry, information, assistance, questions, help, helps, advice, reservations, reservation, bookings,
booking, appointments, emergency, emergencies, billing, complaints, complaint, beschwerde, beschwerden,
réclamation, réclamations, reclamaciones, reclami, klachten, ombudsman, claims, sales, team, department,
toll, office line, line, lines, numéro, numero, nummer, número, direct, main, home, work, business,
local, international, desk, secretary, manager, officer, service, conseiller, rendez-vous, afspraak,
termin, cita, info
";

/// Words of something that has no number of its own.
pub(super) const NEUTRAL: &str = "
e-mail, email, mail, courriel, mél, correo electrónico, correo, posta elettronica, website, web site,
web:, www, internet, address, adresse, dirección, indirizzo, adres, opening hours, office hours,
opening times, öffnungszeiten, sprechzeiten, geschäftszeiten, horaires, horario, orari, openingstijden
";

/// Words of numbers that nobody can dial.
pub(super) const ALIEN: &str = "
company no, company no., company number, company reg, company registration, company registration number,
co. no, co. reg, registered number, registered no, registration number, registration no,
registration no., reg. no, reg no, regd. no, reg. number, reg number, registered in england,
registered in scotland, registered in england and wales, registered in england & wales,
registered in ireland, registered in, incorporated in, charity no, charity number, charity registration,
registered charity, charity commission, scottish charity, business number, vat, vat no, vat number,
vat reg, vat registration, gst, gstin, abn, acn, afsl, afs licence, acl, nzbn, fsp, fspr, cin, crn, uen,
ein, pan, tan, tin, llpin, irdai, sebi, arn, nmls, nmls#, nmls id, fdic, npi, duns, d-u-n-s, lei, giin,
firm reference number, firm reference, frn, fca number, fca registration, fca no, fca reference,
fsa number, register number, reference number is, sra, sra number, sra no, sra id, ico registration,
ico reg, ico, licence, license, licence no, licence number, license no, license number, lic, lic.,
lic #, dre, bre, cslb, permit, icp, cnpj, cpf, kra, tax id, tax number, tax reference,
social security number, ssn, national insurance number, nhs number, handelsregister, hrb, hra,
registernummer, register-nr, registergericht, amtsgericht, hr-nr, ust, ust-id, ust-idnr, ust-id-nr,
ust.-id, ust.-idnr, ustid, umsatzsteuer, umsatzsteuer-identifikationsnummer, umsatzsteuer-id,
umsatzsteueridentifikationsnummer, steuernummer, steuer-nr, steuernr, st.-nr, st.nr, stnr,
wirtschafts-id, firmenbuch, firmenbuchnummer, fn, uid, uid-nummer, uid-nr, dvr, dvr-nr, zvr, gisa, gln,
che, vermittlerregister, registrierungsnummer, ik-nummer, ik, siren, siret, rcs, r.c.s, r.c.s., tva,
n° tva, tva intracommunautaire, ape, naf, orias, rcp, finess, adeli, rpps, waldec, rna, agrément,
agrément n°, capital, capital de, au capital, capital social, cnil, déclaration, bce, kbo, btw,
btw-nummer, btw-nr, ondernemingsnummer, numéro d'entreprise, rpm, rpr, fsma, kvk, k.v.k, k.v.k.,
kvk-nummer, kvk nummer, kvk-nr, kamer van koophandel, handelsregisternummer, rsin, agb, agb-code, big,
big-nummer, lrk, afm, kifid, wft, cif, nif, nif/cif, c.i.f, c.i.f., n.i.f, n.i.f., dni,
registro mercantil, tomo, folio, hoja, inscripción, dgs, depósito legal, p.iva, p. iva, p.i, p.i., piva,
partita iva, part. iva, c.f, c.f., cod. fisc, cod.fisc., codice fiscale, rea, r.e.a, r.e.a.,
registro imprese, capitale sociale, cap. soc, cap. soc., codice univoco, sdi, nipc, contribuinte,
matrícula, org nr, org.nr, cvr, cvr-nr, nip, regon, krs, ičo, dič
iban, bic, swift, sort code, sort-code, account no, account number, account nos, acct, acc. no, a/c,
a/c no, routing number, routing no, aba, bsb, ifsc, micr, card number, card no, kontonummer, konto,
konto-nr, kto, kto., kto.-nr, blz, bankleitzahl, isin, wkn, ccp, n° de compte, cuenta, conto corrente,
c/c, rekening, rekeningnummer, bankrekening, price, preis, prix, precio, prezzo, prijs, amount, total,
gbp, usd, eur, rs, rs., inr, chf, sedol, cusip, cik
order no, order number, order id, order #, order ref, invoice, invoice no, invoice number,
customer number, customer no, customer id, client number, policy number, policy no, claim number,
case number, case no, case id, case reference, ticket number, ticket no, ref, ref., ref no, reference,
reference no, reference number, our reference, your reference, tracking number, tracking no,
serial number, serial no, s/n, part number, part no, model, model no, model number, item, item no,
item #, item number, product code, product id, product no, catalogue no, catalog number, article number,
art. no, sku, ean, upc, gtin, asin, mpn, batch, batch no, lot, lot no, patent, patent no, patents, isbn,
isbn-10, isbn-13, issn, doi, pmid, arxiv, oclc, cas, bestellnummer, bestell-nr, bestellnr,
artikelnummer, artikel-nr, art.-nr, art-nr, art.nr, artnr, kundennummer, kunden-nr, rechnungsnummer,
vertragsnummer, vertrags-nr, versicherungsnummer, gläubiger, gläubiger-id, aktenzeichen, az.,
geschäftszeichen, numéro de commande, n° de commande, numéro client, référence, réf, réf.,
numéro de contrat, código, n° de pedido, número de pedido, referencia, ordine n, codice, bestelnummer,
klantnummer, factuurnummer, polisnummer, relatienummer
po box, p.o. box, p o box, p.o.box, pobox, box, gpo box, private bag, locked bag, postfach, postbus,
boîte postale, bp, b.p, b.p., cs, cedex, apartado, casella postale, postcode, post code, zip, zip code,
zipcode, pin code, pincode, pin, plz, code postal, latitude, longitude, lat, lng, lon, gps, coordinates,
koordinaten, grid reference, what3words, date, dated, datum, updated, last updated, published, version,
ver., build, release, revision, copyright, ©, edition, page, pages, seite, room, suite, floor, ip,
ip address, mac, id, user id, userid, ua-, gtm-, pid, uuid, hash, viewbox, posts, views, downloads,
followers, since, seit, depuis, desde, dal, sinds, est., established, iso, iso/iec, en iso, din, bs en,
rfc, section, clause, article, art., §, directive, regulation, regulation (eu), verordnung, règlement,
loi n°, act, statute
";

/// Returns the words of a table.
pub(super) fn words(table: &str) -> impl Iterator<Item = &str> {
    table.split([',', '\n']).map(str::trim).filter(|word| !word.is_empty())
}

/// Signs that stand for a word.
pub(super) const SIGNS: &[(&str, Label)] = &[
    ("☎", Label::Phone),
    ("☏", Label::Phone),
    ("✆", Label::Phone),
    ("📞", Label::Phone),
    ("📱", Label::Phone),
    ("📲", Label::Phone),
    ("🕻", Label::Phone),
    ("🕿", Label::Phone),
    ("📠", Label::Fax),
    ("🖷", Label::Fax),
    ("✉", Label::Neutral),
    ("📧", Label::Neutral),
    ("📍", Label::Neutral),
    ("℡", Label::Phone),
];
