//! Common words of each language, written down for this purpose: what people say, ask and want, roughly by how often.
//! They are the whole knowledge of [`super::language`] about languages that share a script.

/// Languages in Latin letters.
pub(super) const LATIN: &[(&str, &str)] = &[
    (
        "en",
        "the to i a is my and of in for you it on that me do have what this with can be not at how are was your from \
         please there will when an if or any by all but so get would need want why where which who about set show add \
         play find tell give make change cancel delete remind help know could should has had did does been its we they \
         he she them our us tomorrow today tonight morning evening afternoon night week weekend month year day time \
         hour minutes next last every monday tuesday wednesday thursday friday saturday sunday weather rain snow sunny \
         hot cold song music playlist album movie film book restaurant table near alarm reminder reminders order account \
         password card payment money invoice refund delivery hello hi thanks thank yes no don't can't i'm what's still \
         again after before until more some new out up off now here like going rate stars star best people one two \
         three four five turn put current called listen watch meeting doctor appointment schedule list jacket",
    ),
    (
        "de",
        "die der das ich ist und in zu den nicht mit es ein eine mir mein meine für auf wie von dem im sie an was bitte \
         wird wann wo kann du hat habe haben um am aus bei nach einen einer auch noch wenn warum welche welcher welches wer \
         oder aber so sind war werden will möchte muss soll zum zur als mich dich uns wir ihr alle alles stelle zeig zeige \
         füge hinzu spiel spiele finde suche sag gib mach ändere lösche erinnere erinnerung erinnerungen wecker hilfe \
         morgen heute abend früh nachmittag nacht woche wochenende monat jahr tag uhr stunde stunden minuten nächste \
         nächsten letzte jeden montag dienstag mittwoch donnerstag freitag samstag sonntag wetter regen schnee sonnig \
         regnet regnen schneien heiß kalt lied musik liste film kino buch restaurant tisch nähe bestellung konto passwort \
         karte zahlung geld rechnung lieferung hallo danke ja nein kein keine schon wieder vor bis mehr neue gibt \
         geht jetzt hier dieses dieser diese bewerte sterne personen eins zwei drei vier fünf brauche jacke \
         termin arzt über unter ohne durch immer sehr gut",
    ),
    (
        "nl",
        "de het een ik van in is en op te voor mijn dat niet met wat hoe kan er om die je naar aan me wil zijn heb \
         hebben heeft was worden wordt als bij uit ook nog wanneer waar waarom welke wie of maar zo deze dit alle alles mij \
         ons wij jij hij zij alstublieft zet toon laat zien voeg toe speel vind zoek vertel geef maak verander wijzig \
         annuleer verwijder herinner herinnering herinneringen wekker alarm hulp morgen vandaag avond ochtend middag nacht \
         vanavond week weekend maand jaar dag uur minuten volgende laatste elke iedere maandag dinsdag woensdag donderdag \
         vrijdag zaterdag zondag weer regen sneeuw zonnig regenen sneeuwen heet koud lied nummer muziek afspeellijst film \
         boek restaurant tafel buurt bestelling rekening wachtwoord kaart betaling geld factuur levering hallo bedankt ja \
         nee geen weer na voor tot meer nieuwe nu hier gaat beoordeel sterren personen één twee drie vier vijf moet \
         nodig jas afspraak dokter mag zal kunnen dan over onder door",
    ),
    (
        "da",
        "det er jeg at i og en til på for med ikke den af har min mit mine hvad hvordan kan du de som om der et vil skal \
         mig være så hvornår hvor hvorfor hvilken hvilke hvem eller men alle alt os vi han hun dig venligst sæt vis tilføj \
         spil afspil find fortæl giv lav ændre annuller slet fjern påmind påmindelse påmindelser mind alarm vækkeur hjælp \
         morgen i dag aften morgenen eftermiddag nat uge weekend måned år dag klokken kl time timer minutter næste sidste \
         hver mandag tirsdag onsdag torsdag fredag lørdag søndag vejr vejret vejrudsigten regn sne solskin regner sner \
         varmt koldt sang sange musik spilleliste film bog restaurant bord nærheden ordre konto adgangskode kort betaling \
         penge faktura levering hej tak ja nej ingen stadig igen efter før indtil mere nye ny op ud nu her går bedøm \
         stjerner personer to tre fire fem brug jakke aftale læge blev bliver været havde kunne skulle noget nogen også meget \
         godt hedder brug huske fra ved hvis lige nummer kommer tidspunkt mødet aftalen påmindelsen påmindelserne alarmen alarmer \
         gerne måske bedste tilbage hjem arbejde købe ringe mor far mellem billet biograf biografen afspilningsliste sangen \
         musikken bogen giv point indstil seks syv otte ni ti venner sammen mad fødselsdag ferie onkel ugen dagen pakke adgang \
         virker betale penge pengene fejl kontakt hjemmeside gerne oplyse derfor siden anden andet første",
    ),
    (
        "no",
        "det er jeg å i og en til på for med ikke den av har min mitt mine hva hvordan kan du de som om der et vil skal \
         meg være så når hvor hvorfor hvilken hvilke hvem eller men alle alt oss vi han hun deg vennligst sett vis legg til \
         spill finn fortell gi lag endre avbryt avlys slett fjern påminn påminnelse påminnelser minn alarm vekkerklokke \
         hjelp morgen i dag kveld morgenen ettermiddag natt uke helg helgen måned år dag klokka klokken kl time timer \
         minutter neste siste hver mandag tirsdag onsdag torsdag fredag lørdag søndag vær været værmelding regn snø sol \
         regne snø varmt kaldt sang sanger låt musikk spilleliste film bok restaurant bord nærheten bestilling konto passord \
         kort betaling penger faktura levering hei takk ja nei ingen fortsatt igjen etter før mer nye ny opp ut nå her går \
         gi stjerner personer to tre fire fem trenger jakke avtale lege ble blir vært hadde kunne skulle noe noen også mye \
         bra ka kor eg ikkje æ dæ mæ itj korsn kva e te ein ei vera ho me dykk berre frå nokon noko heile måte fra ved hvis nummer kommer tidspunkt møtet avtalen påminnelsen påminnelsene alarmen alarmer gjerne kanskje \
         beste tilbake hjem jobb kjøpe ringe mamma pappa mellom billett kino kinoen spillelista spillelisten sangen låta låten \
         musikken boka boken poeng still seks sju åtte ni ti venner sammen mat bursdag ferie onkel uka dagen pakke tilgang \
         virker fungerer betale pengene feil kontakt nettside derfor siden annen annet første",
    ),
    (
        "sv",
        "det är jag att i och en till på för med inte den av har min mitt mina vad hur kan du de som om där ett vill ska \
         mig vara så när var varför vilken vilka vem eller men alla allt oss vi han hon dig snälla ställ sätt visa lägg \
         spela hitta berätta ge gör ändra avbryt ta bort påminn påminnelse påminnelser larm alarm väckarklocka hjälp morgon \
         imorgon idag kväll ikväll morgonen eftermiddag natt vecka helg helgen månad år dag klockan kl timme timmar minuter \
         nästa sista varje måndag tisdag onsdag torsdag fredag lördag söndag väder vädret regn snö soligt regna snöa varmt \
         kallt låt låtar musik spellista film bok restaurang bord närheten beställning konto lösenord kort betalning pengar \
         faktura leverans hej tack ja nej ingen fortfarande igen efter före mer nya ny upp ut nu här går betygsätt stjärnor \
         personer två tre fyra fem behöver jacka möte läkare blev blir varit hade kunde skulle något någon också mycket bra",
    ),
    (
        "it",
        "il la di che è un una in per mi non a e del le i lo con mio mia come da cosa ho si sono al della quando dove \
         perché quale quali chi o ma gli dei delle nel nella alla alle ai su questo questa tutti tutto tutte ci ti noi voi \
         loro favore imposta mostra mostrami aggiungi riproduci metti suona trova cerca dimmi dammi fai cambia modifica \
         cancella annulla elimina ricordami promemoria sveglia sveglie aiuto domani oggi stasera sera mattina pomeriggio notte \
         settimana mese anno giorno ora ore minuti prossima prossimo ultima ultimo ogni lunedì martedì mercoledì giovedì \
         venerdì sabato domenica tempo meteo previsioni pioggia neve sole piove pioverà nevicherà caldo freddo canzone canzoni \
         musica playlist album film libro ristorante tavolo vicino ordine conto account password carta pagamento soldi fattura \
         rimborso consegna ciao grazie sì no nessun ancora dopo prima fino più nuovo nuova adesso qui va valuta stelle persone \
         due tre quattro cinque bisogno giacca appuntamento medico posso voglio vorrei devo può fare essere stato",
    ),
    (
        "es",
        "el la de que en un una y a es por me mi no los las para con se del lo al como qué cómo está cuándo dónde por \
         cuál cuáles quién o pero su sus esta este esto todos todo todas nos te nosotros favor pon muestra muéstrame añade \
         agrega reproduce toca encuentra busca dime dame haz cambia cancela borra elimina recuérdame recordatorio recordatorios \
         alarma alarmas ayuda mañana hoy noche tarde semana mes año día hora horas minutos próximo próxima último cada lunes \
         martes miércoles jueves viernes sábado domingo tiempo clima pronóstico lluvia nieve sol llover nevar calor frío canción \
         canciones música lista álbum película libro restaurante mesa cerca pedido cuenta contraseña tarjeta pago dinero factura \
         reembolso entrega hola gracias sí ningún todavía aún después antes hasta más nuevo nueva ahora aquí va califica \
         estrellas personas dos tres cuatro cinco necesito chaqueta cita médico puedo quiero quisiera debo puede hacer ser he ha \
         hay tengo tiene fue muy también",
    ),
    (
        "pt",
        "o a de que e em um uma do da não para por com me meu minha os as no na é se eu como mais ao dos das está quando \
         onde porque qual quais quem ou mas seu sua este esta isso todos tudo todas nos você vocês favor defina mostre mostra \
         adicione toque reproduza encontre procure diga dê faça mude altere cancele apague exclua lembre lembrete lembretes \
         alarme alarmes ajuda amanhã hoje noite tarde manhã semana mês ano dia hora horas minutos próximo próxima último cada \
         segunda terça quarta quinta sexta sábado domingo tempo clima previsão chuva neve sol chover nevar calor frio música \
         canção lista álbum filme livro restaurante mesa perto pedido conta senha cartão pagamento dinheiro fatura reembolso \
         entrega olá obrigado obrigada sim nenhum ainda depois antes até novo nova agora aqui vai avalie estrelas pessoas dois \
         três quatro cinco preciso jaqueta consulta médico posso quero gostaria devo pode fazer ser tenho tem foi muito também são",
    ),
    (
        "fr",
        "le la de et je les des est un une que à en pour pas ne mon ma mes vous il dans ce du qui sur avec se au j'ai c'est \
         comment quand où pourquoi quel quelle quels quelles ou mais son sa cette ces tous tout toutes nous tu te moi plaît \
         mets montre montrez ajoute ajouter joue jouer trouve trouver cherche dis donne fais change changer modifier annule \
         annuler supprime supprimer rappelle rappel rappels alarme alarmes réveil aide demain aujourd'hui soir matin après-midi \
         nuit semaine mois année jour heure heures minutes prochain prochaine dernier chaque lundi mardi mercredi jeudi vendredi \
         samedi dimanche temps météo pluie neige soleil pleuvoir neiger chaud froid chanson chansons musique liste album film \
         livre restaurant table près commande compte passe carte paiement argent facture remboursement livraison bonjour merci \
         oui non aucun encore après avant plus nouveau nouvelle maintenant ici va note étoiles personnes deux trois quatre cinq \
         besoin veste rendez-vous médecin puis veux voudrais dois peut faire être suis êtes été très aussi n'ai qu'il d'un l'on",
    ),
    (
        "id",
        "yang di saya dan untuk ini itu dengan tidak dari apa ke pada ada akan bisa bagaimana saya kapan mana kenapa mengapa \
         siapa atau tapi tetapi semua kami kita anda kamu dia mereka tolong setel atur tampilkan tunjukkan tambahkan tambah \
         putar mainkan cari temukan beri beritahu berikan buat ubah ganti batalkan hapus ingatkan pengingat alarm bantuan besok \
         hari malam pagi sore siang minggu bulan tahun jam pukul menit berikutnya depan lalu terakhir setiap senin selasa rabu \
         kamis jumat sabtu cuaca hujan salju cerah panas dingin lagu musik daftar album film buku restoran meja dekat sekitar \
         pesanan akun kata sandi kartu pembayaran uang tagihan pengiriman halo terima kasih ya bukan belum sudah lagi setelah \
         sebelum sampai lebih baru sekarang sini orang bintang nilai satu dua tiga empat lima perlu butuh jaket janji dokter \
         ingin mau harus dapat adalah berapa bagi juga sangat baik telah oleh saja hanya apakah seperti jangan kepada",
    ),
    (
        "tr",
        "bir ve bu için ne da de mi benim ben ile var çok daha nasıl mı mu mü ne zaman nerede neden hangi kim veya ama tüm \
         bütün bana beni biz siz sen o şu lütfen kur ayarla göster ekle çal oynat bul ara söyle ver yap değiştir iptal et \
         sil kaldır hatırlat hatırlatıcı hatırlatıcıları hatırlatma alarm alarmı alarmları yardım yarın bugün akşam sabah öğleden \
         sonra gece hafta ay yıl gün günü saat saati dakika gelecek önümüzdeki sonraki son her pazartesi salı çarşamba perşembe \
         cuma cumartesi pazar hava durumu yağmur kar güneşli yağacak sıcak soğuk şarkı şarkısını müzik liste listesi listeme \
         albüm film kitap restoran masa yakın yakınlarda sipariş hesap şifre kart ödeme para fatura iade teslimat merhaba \
         teşekkürler teşekkür evet hayır yok hâlâ tekrar önce kadar yeni şimdi burada yıldız kişi iki üç dört beş gerekiyor \
         ihtiyacım ceket randevu doktor istiyorum olacak olan olarak gibi değil miyim misin var mı nedir kaç en iyi hakkında",
    ),
    (
        "lt",
        "ir yra į kad ar man mano kaip ne su iš tai aš apie kas ką kur kada kodėl kuris kuri kokia koks kokie arba bet visi \
         visus visas mes jūs tu jis ji prašau nustatyk nustatykite rodyti parodyk parodyti pridėk pridėti grok groti paleisk \
         rask rasti ieškoti pasakyk duok padaryk pakeisk pakeisti atšauk atšaukti ištrink ištrinti pašalinti primink priminti \
         priminimas priminimus priminimą žadintuvas žadintuvą signalą pagalba rytoj šiandien vakare vakaras ryte rytas rytą \
         popiet naktį savaitę savaitės savaitgalį mėnesį metų metus diena dieną dienos valanda valandą val minučių minutes kitą \
         kitas paskutinis kiekvieną pirmadienį pirmadienis antradienį trečiadienį ketvirtadienį penktadienį šeštadienį \
         sekmadienį oras orai orų lietus lis sniegas snigs saulėta karšta šalta daina dainą dainas muzika muziką grojaraštį \
         sąrašą albumą filmas filmą knyga knygą restoranas restorane staliuką netoli užsakymas sąskaita slaptažodis kortelė \
         mokėjimas pinigai pristatymas labas ačiū taip nėra dar vėl po prieš iki daugiau naujas dabar čia žvaigždutes žmonėms \
         du trys keturi penki reikia striukė susitikimas gydytojas noriu galiu turiu bus buvo gali šią šio šį mane",
    ),
    (
        "lv",
        "un ir uz ka es par ar no kas kā man mans mana vai nav šo tas tā ko kur kad kāpēc kurš kāds kāda bet visi visus mēs jūs \
         tu viņš viņa lūdzu iestati parādi pievieno atskaņo atrodi meklē pasaki dod izdari maini atcel dzēs atgādini \
         atgādinājums modinātājs palīdzība rīt šodien vakarā vakars rītā rīts pēcpusdienā naktī nedēļa nedēļas mēnesis gads \
         diena dienu stunda minūtes nākamais nākamo pēdējais katru pirmdien otrdien trešdien ceturtdien piektdien sestdien \
         svētdien laiks laika lietus līs sniegs snigs saulains karsts auksts dziesma dziesmu mūzika saraksts albums filma \
         grāmata restorāns galdiņš tuvumā pasūtījums konts parole karte maksājums nauda rēķins piegāde sveiki paldies jā nē vēl \
         atkal pēc pirms līdz vairāk jauns tagad šeit zvaigznes cilvēki divi trīs četri pieci vajag jaka tikšanās ārsts gribu varu",
    ),
    (
        "et",
        "ja on ei et see ma kui mis kas oma mu minu ta kuidas millal kus miks milline kes või aga kõik meie teie sina palun \
         pane määra näita lisa mängi leia otsi ütle anna tee muuda tühista kustuta tuleta meelde meeldetuletus äratus abi homme \
         täna õhtul õhtu hommikul hommik pärastlõunal öösel nädal nädalal kuu aasta päev päeval kell tund minutit järgmine \
         viimane iga esmaspäeval teisipäeval kolmapäeval neljapäeval reedel laupäeval pühapäeval ilm vihm sajab lumi päikeseline \
         kuum külm laul muusika nimekiri album film raamat restoran laud lähedal tellimus konto parool kaart makse raha arve \
         tere aitäh jah mitte veel uuesti pärast enne kuni rohkem uus nüüd siin tärni inimest kaks kolm neli viis vaja jope \
         kohtumine arst tahan saan pean oli olen võib selle seda mulle mind",
    ),
    (
        "fi",
        "ja on ei se että minä mun minun oli mitä miten kun hän tämä joka mutta niin kuin voi milloin missä miksi mikä kuka \
         tai kaikki me te sinä ole olen ovat kiitos aseta näytä lisää soita toista etsi löydä kerro anna tee muuta vaihda peru \
         peruuta poista muistuta muistutus muistutukset herätys hälytys apua huomenna tänään illalla ilta aamulla aamu iltapäivällä \
         yöllä viikko viikolla viikonloppu kuukausi vuosi päivä kello tunti minuuttia seuraava viimeinen joka maanantai \
         maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina sää sataa lunta aurinkoista kuuma kylmä \
         laulu kappale musiikki soittolista albumi elokuva kirja ravintola pöytä lähellä tilaus tili salasana kortti maksu raha \
         lasku toimitus hei kyllä vielä uudelleen jälkeen ennen asti enemmän uusi nyt täällä tähteä henkilöä kaksi kolme neljä \
         viisi tarvitsen takki tapaaminen lääkäri haluan pitää onko mikä minulle minua",
    ),
    (
        "hu",
        "a az és hogy nem is egy van ez meg de azt mi ki mikor hol miért melyik vagy minden én te ő mi ti ők kérem kérlek \
         állítsd állíts be mutasd add hozzá játssz játszd le keress keresd mondd adj csinálj változtasd töröld törölj \
         emlékeztess emlékeztető emlékeztetők ébresztő ébresztőt segítség holnap ma este reggel délután éjjel hét héten hétvégén \
         hónap év nap óra órakor perc következő utolsó minden hétfőn kedden szerdán csütörtökön pénteken szombaton vasárnap \
         időjárás eső esni hó havazni napos meleg hideg dal zene lista album film könyv étterem asztal közel rendelés fiók jelszó \
         kártya fizetés pénz számla szállítás szia köszönöm igen nincs még újra után előtt több új most itt csillag ember kettő \
         három négy öt kell kabát találkozó orvos akarok szeretném tudok lesz volt milyen hogyan nekem mennyi",
    ),
    (
        "pl",
        "i w na z nie się to do jest że mi moje mój moja jak co czy o za po od mam ale przez dla ten ta kiedy gdzie dlaczego \
         który która jaki jaka jakie kto lub albo wszystkie wszystko my wy ty on ona proszę ustaw pokaż dodaj odtwórz zagraj \
         puść znajdź szukaj powiedz daj zrób zmień anuluj odwołaj usuń przypomnij przypomnienie przypomnienia alarm budzik pomoc \
         jutro dziś dzisiaj wieczorem wieczór rano popołudniu noc tydzień tygodniu weekend miesiąc rok dzień godzina godzinę \
         minut następny ostatni każdy poniedziałek wtorek środę czwartek piątek sobotę niedzielę pogoda deszcz padać śnieg \
         słonecznie gorąco zimno piosenka piosenkę muzyka lista album film książka restauracja stolik blisko pobliżu zamówienie \
         konto hasło karta płatność pieniądze faktura zwrot dostawa cześć dziękuję tak nie jeszcze znowu przed więcej nowy teraz \
         tutaj gwiazdek osób dwa trzy cztery pięć potrzebuję kurtka spotkanie lekarz chcę mogę muszę będzie był jestem są być",
    ),
    (
        "cs",
        "a se v na je že to do s z jsem mi můj moje jak co o za po od ale pro ten ta kdy kde proč který která jaký jaká kdo nebo \
         všechny všechno my vy ty on ona prosím nastav ukaž zobraz přidej přehraj zahraj najdi hledej řekni dej udělej změň zruš \
         smaž odstraň připomeň připomínka připomínky budík pomoc zítra dnes večer ráno odpoledne noc týden týdnu víkend měsíc rok \
         den hodin hodinu minut příští poslední každý pondělí úterý středu čtvrtek pátek sobotu neděli počasí déšť pršet sníh \
         slunečno horko zima písnička píseň hudba seznam album film kniha restaurace stůl blízko objednávka účet heslo karta platba \
         peníze faktura doručení ahoj děkuji ano není ještě znovu před více nový teď tady hvězdiček lidí dva tři čtyři pět \
         potřebuji bunda schůzka lékař chci mohu můžu musím bude byl jsou být",
    ),
    (
        "sk",
        "a sa v na je že to do s z som mi môj moje ako čo o za po od ale pre ten tá kedy kde prečo ktorý ktorá aký aká kto alebo \
         všetky všetko my vy ty on ona prosím nastav ukáž zobraz pridaj prehraj zahraj nájdi hľadaj povedz daj urob zmeň zruš \
         vymaž odstráň pripomeň pripomienka pripomienky budík pomoc zajtra dnes večer ráno popoludní noc týždeň týždni víkend \
         mesiac rok deň hodín hodinu minút ďalší posledný každý pondelok utorok stredu štvrtok piatok sobotu nedeľu počasie dážď \
         pršať sneh slnečno horúco zima pieseň hudba zoznam album film kniha reštaurácia stôl blízko objednávka účet heslo karta \
         platba peniaze faktúra doručenie ahoj ďakujem áno nie ešte znova pred viac nový teraz tu hviezdičiek ľudí dva tri štyri \
         päť potrebujem bunda stretnutie lekár chcem môžem musím bude bol sú byť",
    ),
    (
        "sl",
        "in je v na se da za z ne so mi moj moja kako kaj ali sem to ki pa po od do kdaj kje zakaj kateri katera kakšen kakšno \
         kdo vse vsi mi vi ti on ona prosim nastavi pokaži dodaj predvajaj zaigraj najdi išči povej daj naredi spremeni prekliči \
         izbriši odstrani opomni opomnik opomnike budilka budilko pomoč jutri danes zvečer večer zjutraj jutro popoldne noč teden \
         tednu vikend mesec leto dan ura uro minut naslednji zadnji vsak ponedeljek torek sredo četrtek petek soboto nedeljo vreme \
         dež deževalo sneg sončno vroče hladno pesem glasba seznam album film knjiga restavracija mizo bližini naročilo račun \
         geslo kartica plačilo denar dostava živjo hvala ja še spet pred več nov zdaj tukaj zvezdic ljudi dva tri štiri pet \
         potrebujem jakna sestanek zdravnik želim lahko moram bo bil biti tem tega",
    ),
    (
        "hr",
        "i u je na se da za mi što kako li ne su od sam moj moja s koji koja to do o ali gdje kada zašto tko kakvo kakva kakav \
         ili sve svi vi ti on ona molim postavi prikaži pokaži dodaj pusti sviraj pronađi traži reci daj napravi promijeni otkaži \
         izbriši obriši ukloni podsjeti podsjetnik podsjetnike alarm pomoć sutra danas večeras večer ujutro jutro popodne noć \
         tjedan tjedna tjednu vikend mjesec godina dan sati sat minuta sljedeći sljedeću zadnji svaki ponedjeljak utorak srijedu \
         četvrtak petak subotu nedjelju vrijeme kiša kiše snijeg sunčano vruće hladno pjesma pjesmu glazba glazbu popis album film \
         knjiga restoran stol blizini narudžba račun lozinka kartica plaćanje novac dostava bok hvala još opet prije više novi \
         ovdje zvjezdica osoba dva tri četiri pet trebam jakna sastanak liječnik želim mogu moram bit će bio biti ovaj ovu",
    ),
    (
        "sr",
        "i u je na se da za mi šta kako li ne su od sam moj moja sa koji koja to do o ali gde kada zašto ko kakvo kakva kakav \
         ili sve svi vi ti on ona molim postavi namesti prikaži pokaži dodaj pusti sviraj pronađi nađi traži reci daj napravi \
         promeni otkaži izbriši obriši ukloni podseti podsetnik podsetnike alarm alarme pomoć sutra danas večeras veče uveče ujutru \
         ujutro jutro popodne noć nedelja nedelje nedelju sedmice vikend mesec godina dan časova sati sat minuta sledeći sledeću \
         sledeće poslednji svaki ponedeljak utorak sredu četvrtak petak subotu vreme vremenska prognoza kiša kiše sneg sunčano \
         vruće hladno pesma pesmu muzika muziku spisak listu album film bioskop knjiga knjigu restoran sto blizini porudžbina račun \
         lozinka kartica plaćanje novac isporuka zdravo hvala još opet pre posle više novi sada ovde zvezdica zvezdice osoba ljudi \
         dva tri četiri pet treba trebam jakna sastanak lekar želim hoću mogu moram biće bio biti ovaj ovu ovo da li",
    ),
    (
        "ro",
        "și de la în nu este cu un o pe să că mai am meu mea mi pentru ce cum din sunt care a fost când unde cine sau dar toate tot \
         noi voi tu el ea vă rog setează arată adaugă redă pune găsește caută spune dă fă schimbă anulează șterge elimină amintește \
         memento alarmă alarma alarmele ajutor mâine azi astăzi seara dimineață după-amiază noapte săptămână săptămâna lună an zi \
         ora ore minute următoarea ultimul fiecare luni marți miercuri joi vineri sâmbătă duminică vremea ploaie ploua ninge zăpadă \
         însorit cald frig cântec melodie muzică listă album film carte restaurant masă aproape comandă cont parolă card plată bani \
         factură livrare bună mulțumesc da nicio încă din nou înainte până mult nou acum aici stele persoane doi trei patru cinci \
         nevoie geacă întâlnire doctor vreau pot trebuie va fi sunt",
    ),
    (
        "vi",
        "tôi là của và có không cho trong một được với các này đã để những khi ở đâu bao giờ tại sao nào ai hoặc nhưng tất cả chúng \
         bạn vui lòng đặt hiển thị thêm phát tìm nói làm thay đổi hủy xóa nhắc nhở báo thức giúp ngày mai hôm nay tối sáng chiều đêm \
         tuần tháng năm giờ phút tới thứ hai ba tư sáu bảy chủ nhật thời tiết mưa tuyết nắng nóng lạnh bài hát nhạc danh sách phim \
         sách nhà hàng bàn gần đơn tài khoản mật khẩu thẻ thanh toán tiền hóa xin chào cảm ơn vâng chưa lại sau trước đến mới bây",
    ),
];

/// Languages in Cyrillic letters.
pub(super) const CYRILLIC: &[(&str, &str)] = &[
    (
        "ru",
        "и в не на я что с по это как мне мой моя у за из для так но когда где почему какой какая кто или все всё мы вы ты он она \
         пожалуйста поставь установи покажи добавь включи сыграй найди скажи дай сделай измени отмени удали напомни напоминание \
         будильник помощь завтра сегодня вечером утром днем ночью неделя неделе месяц год день час минут следующий последний каждый \
         понедельник вторник среду четверг пятницу субботу воскресенье погода дождь снег жарко холодно песня музыка список альбом \
         фильм книга ресторан стол рядом заказ счет аккаунт пароль карта платеж деньги доставка здравствуйте привет спасибо да нет \
         еще снова после до больше новый сейчас здесь звезд человек два три нужно хочу могу будет был ли если уже только",
    ),
    (
        "uk",
        "і в не на я що з по це як мені мій моя у за із для так але коли де чому який яка хто або всі все ми ви ти він вона будь \
         ласка постав встанови покажи додай увімкни грай знайди скажи дай зроби зміни скасуй видали нагадай нагадування будильник \
         допомога завтра сьогодні ввечері вранці вдень вночі тиждень тижні місяць рік день година хвилин наступний останній кожен \
         понеділок вівторок середу четвер п'ятницю суботу неділю погода дощ сніг спекотно холодно пісня музика список альбом фільм \
         книга ресторан столик поруч замовлення рахунок пароль картка платіж гроші доставка вітаю привіт дякую так ні ще знову після \
         до більше новий зараз тут зірок людей два три потрібно хочу можу буде був чи якщо вже тільки є",
    ),
    (
        "bg",
        "и на да в не се за е от с по като че ми аз това как какво кога къде защо кой коя или но всички всичко ние вие ти той тя моля \
         настрой покажи добави пусни намери кажи дай направи промени отмени изтрий напомни напомняне аларма помощ утре днес вечер \
         вечерта сутрин сутринта следобед нощ седмица месец година ден часа минути следващия последния всеки понеделник вторник сряда \
         четвъртък петък събота неделя времето дъжд вали сняг горещо студено песен музика списък албум филм книга ресторант маса \
         близо поръчка сметка парола карта плащане пари доставка здравей благодаря още отново след преди повече нов сега тук звезди \
         души два три трябва искам мога ще беше ли ако вече само са съм си",
    ),
    (
        "kk",
        "және бір бұл мен үшін маған менің да де не қалай қашан қайда неге қандай кім немесе бірақ барлық біз сіз сен ол өтінемін \
         орнат қой көрсет көрсетіңіз қос қосыңыз ойнат тап табыңыз іздеу айт айтыңыз бер жаса өзгерт болдырма өшір жой еске сал \
         ескерту ескертуді ескертулерді оятқыш оятқышты көмек ертең бүгін кешке кеш таңертең таңғы түстен кейін түнде апта аптада \
         ай жыл күн күні сағат сағатқа минут келесі соңғы әр дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі ауа райы жаңбыр \
         жауады қар ыстық суық ән әнін әнді музыка тізім тізіміне альбом фильм кітап мейрамхана мейрамханада үстел жақын жерде \
         тапсырыс шот құпия сөз карта төлем ақша жеткізу сәлем рахмет иә жоқ әлі қайта дейін көп жаңа қазір мұнда жұлдыз адамға екі \
         үш төрт бес керек қажет күрте кездесу дәрігер болады бола ма ме бар деп осы туралы қанша",
    ),
    (
        "sr",
        "и у је на се да за ми шта како ли не су од сам мој моја са који која то до о али где када зашто ко или све сви ви ти он она \
         молим постави прикажи покажи додај пусти пронађи тражи реци дај направи промени откажи избриши подсети подсетник аларм помоћ \
         сутра данас вечерас вече јутро поподне ноћ недеља месец година дан сати сат следећи последњи сваки понедељак уторак среду \
         четвртак петак суботу време киша снег вруће хладно песма музика листу филм књига ресторан близини рачун лозинка здраво хвала \
         још опет пре после више нови сада овде два три треба желим могу морам биће био",
    ),
];
