-- Words that the data is drawn from, and how they are drawn. All of it is gone when the seed commits or ends.

-- An even-looking number from 0 to size - 1 that is the same on every server and version, unlike random()
-- or hashtext(). Different salts give unrelated numbers for the same key.
create function pg_temp.draw(key bigint, salt integer, size integer) returns integer
language sql immutable as $$
  select ((((key * 7919 + salt * 104729 + 17) % 1000003)
         * ((key * 48271 + salt * 7907 + 91) % 999983 + 1)) % 2147483647 % size)::integer
$$;

create function pg_temp.pick(words text[], key bigint, salt integer) returns text
language sql immutable as $$
  select words[1 + pg_temp.draw(key, salt, cardinality(words))]
$$;

-- No one packs or delivers on a Sunday.
create function pg_temp.workday(day date) returns date
language sql immutable as $$
  select day + case extract(isodow from day) when 7 then 1 else 0 end
$$;

-- 'Sofía de la Cruz' becomes 'sofiadelacruz'; lower() of ASCII alone, so that the server's locale is not asked.
create function pg_temp.ascii(words text) returns text
language sql immutable as $$
  select lower(translate(
    replace(replace(replace(words, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
    'ÄÅÁÀÇÉÈÍÓÖØÚÜŁŚŻŹąäåáàâãçćéèêëęíìîïłńñóòôöøõśúùûüýżź ’',
    'AAAACEEIOOOUULSZZaaaaaaacceeeeeiiiilnnoooooosuuuuyzz'))
$$;

create temporary table market (
  country text primary key,
  street_format text not null,
  given text[] not null,
  family text[] not null,
  streets text[] not null,
  towns text[] not null
) on commit drop;

insert into market (country, street_format, given, family, streets, towns) values
('DE', '%1$s %2$s',
  '{Anna,Lukas,Marie,Jonas,Hannah,Felix,Lena,Maximilian,Katharina,Sebastian,Clara,Tobias,Miriam,Moritz,Ulrike,Jürgen,Sabine,Holger}',
  '{Weber,Schäfer,Hoffmann,Krüger,Vogel,Lehmann,Brandt,Köhler,Winkler,Seidel,Albrecht,Jansen,Reuter,Böhm,Pohl,Thiele,Ziegler,Kraus}',
  '{Lindenstraße,Gartenweg,Schillerstraße,Am Mühlbach,Kastanienallee,Bergstraße,Ringstraße,Goethestraße,Kirchgasse,Birkenweg}',
  '{20095|Hamburg,10115|Berlin,80331|München,04109|Leipzig,50667|Köln,70173|Stuttgart,28195|Bremen,79098|Freiburg,01067|Dresden}'),
('FR', '%2$s %1$s',
  '{Camille,Hugo,Léa,Antoine,Manon,Théo,Élise,Julien,Chloé,Mathis,Inès,Baptiste,Margaux,Rémi,Sylvie,Étienne}',
  '{Moreau,Lefèvre,Girard,Rousseau,Fontaine,Chevalier,Garnier,Faure,Mercier,Blanchard,Guérin,Perrot,Marchand,Renard,Collet,Vidal}',
  '{rue des Lilas,avenue Victor Hugo,rue de la République,chemin des Vignes,place du Marché,rue Pasteur,quai de la Loire,impasse du Moulin}',
  '{69002|Lyon,44000|Nantes,31000|Toulouse,75011|Paris,67000|Strasbourg,38000|Grenoble,33000|Bordeaux,35000|Rennes}'),
('NL', '%1$s %2$s',
  '{Sanne,Daan,Anouk,Bram,Fleur,Sem,Lotte,Thijs,Femke,Ruben,Marijke,Joost,Eva,Niels,Willemijn,Gijs}',
  '{de Vries,van Dijk,Bakker,Visser,Mulder,de Boer,Hendriks,Dekker,Brouwer,van der Meer,Kuipers,Postma,Vermeulen,Hoekstra,Smit,Peeters}',
  '{Prinsengracht,Kerkstraat,Molenweg,Oudegracht,Beatrixlaan,Dorpsstraat,Eikenlaan,Havenkade}',
  '{1015 CJ|Amsterdam,3511 LX|Utrecht,3011 AD|Rotterdam,9712 HK|Groningen,6211 CK|Maastricht,2311 GP|Leiden,6811 DN|Arnhem}'),
('SE', '%1$s %2$s',
  '{Elsa,Oskar,Maja,Viktor,Astrid,Gustav,Ebba,Nils,Linnéa,Axel,Ingrid,Håkan,Saga,Björn}',
  '{Lindqvist,Bergström,Sjöberg,Nyström,Hedlund,Ekman,Wallin,Åkesson,Sandberg,Forsberg,Nordin,Öberg,Holm,Engström}',
  '{Storgatan,Skogsvägen,Drottninggatan,Björkvägen,Hamngatan,Sveavägen,Kyrkogatan,Ängsvägen}',
  '{111 20|Stockholm,411 03|Göteborg,211 22|Malmö,753 20|Uppsala,903 26|Umeå,831 30|Östersund}'),
('DK', '%1$s %2$s',
  '{Freja,Emil,Karla,Magnus,Signe,Rasmus,Mathilde,Søren,Astrid,Jeppe,Kirsten,Asger}',
  '{Nielsen,Kjær,Mortensen,Lauritsen,Holst,Bæk,Winther,Dahl,Friis,Østergaard,Skov,Juhl}',
  '{Vestergade,Strandvejen,Nørregade,Bøgevej,Havnegade,Møllevej,Algade}',
  '{1150|København K,8000|Aarhus C,5000|Odense C,9000|Aalborg,4000|Roskilde,6760|Ribe}'),
('AT', '%1$s %2$s',
  '{Magdalena,Stefan,Theresa,Florian,Johanna,Dominik,Veronika,Matthias,Barbara,Elias,Valentin,Rosa}',
  '{Gruber,Steiner,Moser,Hofer,Pichler,Egger,Wallner,Aigner,Lechner,Haas,Brunner,Reiter}',
  '{Mariahilfer Gasse,Bahnhofstraße,Schlossweg,Sonnleiten,Museumstraße,Dorfplatz,Almweg}',
  '{1070|Wien,5020|Salzburg,6020|Innsbruck,8010|Graz,4020|Linz,6850|Dornbirn}'),
('IE', '%2$s %1$s',
  '{Aoife,Cian,Niamh,Oisín,Saoirse,Conor,Róisín,Eoin,Maeve,Declan,Gráinne,Fionn}',
  '{Byrne,Doyle,Gallagher,Kavanagh,Nolan,Brennan,Keane,Fitzgerald,McCarthy,O’Sullivan,Quinn,Sheridan}',
  '{Abbey Street,Harbour Road,Castle Lane,Quay Street,Orchard Drive,Bridge Street,Sandymount Avenue}',
  '{D02 X285|Dublin,T12 W8KP|Cork,H91 E9XA|Galway,V94 E8N0|Limerick,F91 T8PD|Sligo}'),
('IT', '%1$s, %2$s',
  '{Giulia,Matteo,Chiara,Alessandro,Sofia,Davide,Elisa,Lorenzo,Beatrice,Niccolò,Paola,Tommaso}',
  '{Ferrari,Colombo,Ricci,Marchetti,Galli,Conti,De Luca,Mancini,Barbieri,Fontana,Rinaldi,Villa}',
  '{Via Garibaldi,Via dei Mille,Corso Italia,Via San Marco,Viale dei Tigli,Piazza Dante,Via Manzoni}',
  '{20121|Milano,10121|Torino,39100|Bolzano,40121|Bologna,50122|Firenze,37121|Verona,38122|Trento}'),
('ES', '%1$s, %2$s',
  '{Lucía,Pablo,Carmen,Álvaro,Marta,Javier,Elena,Sergio,Nuria,Íñigo,Pilar,Adrián}',
  '{Navarro,Iglesias,Serrano,Domínguez,Molina,Ortega,Castro,Rubio,Santos,Ibáñez,Vega,Prieto}',
  '{Calle Mayor,Calle del Prado,Avenida de la Constitución,Calle San Juan,Paseo del Río,Calle Luna,Ronda del Norte}',
  '{28004|Madrid,08002|Barcelona,48001|Bilbao,46002|Valencia,50003|Zaragoza,33003|Oviedo,18009|Granada}'),
('PL', 'ul. %1$s %2$s',
  '{Zofia,Jakub,Agnieszka,Michał,Magda,Piotr,Kasia,Tomasz,Hanna,Wojciech,Ewa,Szymon}',
  '{Nowak,Wójcik,Mazur,Krawczyk,Pawlak,Wróbel,Zając,Kaczmarek,Stępień,Sikora,Duda,Kubiak}',
  '{Słoneczna,Ogrodowa,Długa,Lipowa,Mickiewicza,Polna,Krakowska}',
  '{31-042|Kraków,00-017|Warszawa,80-831|Gdańsk,50-101|Wrocław,61-772|Poznań,34-500|Zakopane}');

insert into public.countries (code, name, vat_percent, region, shipping_fee, free_shipping_from, delivery_days) values
('DE', 'Germany', 19, 'central', 4.90, 75, '[1,4)'),
('AT', 'Austria', 20, 'central', 5.90, 75, '[2,5)'),
('NL', 'Netherlands', 21, 'central', 4.90, 75, '[1,3)'),
('PL', 'Poland', 23, 'central', 6.90, 90, '[2,5)'),
('FR', 'France', 20, 'south', 6.90, 90, '[2,5)'),
('IE', 'Ireland', 23, 'south', 9.90, 120, '[3,7)'),
('IT', 'Italy', 22, 'south', 7.90, 90, '[3,6)'),
('ES', 'Spain', 21, 'south', 7.90, 90, '[3,6)'),
('DK', 'Denmark', 25, 'north', 5.90, 90, '[2,4)'),
('SE', 'Sweden', 25, 'north', 6.90, 90, '[2,5)');
