"""What tells languages in Latin letters apart: words that most lines have, letters, endings.

Written by hand. What chats in all languages share ("stream", "boss", "lol") isn't here, and a word
that two languages have stands in both, so it tells nothing between them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ishowtts_desktop.reading.text.spoken.table import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        tag: frozenset(words_of(table))
        for tag, table in {
            "en": """
                i me my mine you your yours he him his she her it its we us our they them their
                this that these those the a an as and or but if so because not no yes yeah nope is
                are was were be been being am do does did done have has had having will would can
                could should may might must what when where which who why how there here then than
                now just only very too also really always never ever again still already more most
                much many some any all every everyone anyone someone nothing something everything
                of to in on at by for from with without about into over under out up down off
                after before get got gets getting go going goes gone went come came coming make
                made take took see saw seen know knew think thought want need like love hate say
                said tell told look looks looking feel feels let keep try play playing played
                plays good bad best better worst nice great cool funny hard easy big little old
                new first last next one two three thing things way time day today tonight tomorrow
                night morning man guy guys people friend hello hi hey thanks thank please sorry
                welcome bye don't doesn't didn't can't won't isn't aren't wasn't i'm i've i'll
                you're it's that's what's he's she's we're they're let's there's song music watch
                wait win die hope stop other same back home house right left wrong cat dog ok lets
                gonna wanna cant dont im youre thats whats happy birthday beautiful pretty such
                well long
            """,
            "fr": """
                je tu il elle on nous vous ils elles me te se moi toi lui leur mon ma mes ton ta
                tes son sa ses notre votre nos vos le la les un une des du de et ou mais donc car
                si ne pas plus jamais rien que qui quoi dont où quand comment pourquoi combien est
                es suis sont êtes sommes était étais être avoir ai as avons avez ont avait fait
                faire fais peut peux pouvez veux veut vais va vas allez aller vient viens dit dis
                sais sait faut vois voir ce cet cette ces ça cela ici dans sur sous avec sans pour
                par chez vers entre depuis pendant avant après très trop bien mal bon bonne
                meilleur aussi encore toujours déjà tout toute tous toutes même comme alors oui
                non merci salut bonjour bonsoir coucou nuit soir jour demain aujourd'hui hier
                temps monde gens mec gars fois jeu jouer joue joué c'est j'ai qu'il qu'on n'est
                quelle quel quelque au aux petit grand beau belle vraiment aime adore mdr ptdr stp
                svp maison en y à eux
            """,
            "de": """
                ich du er sie es wir ihr mich dich sich uns euch mir dir ihm ihnen mein dein sein
                meine deine seine unser der die das den dem des ein eine einen einem einer kein
                keine und oder aber denn weil wenn dass ob nicht nein ja doch schon noch nur auch
                sehr zu so wie was wer wo wann warum welche welcher welches woher wohin ist sind
                bin bist war waren wird werden wurde hat habe hab hast haben hatte kann kannst
                können muss musst müssen soll sollte will willst wollen darf mag mach macht machen
                gemacht geht gehen gut guter gute guten besser schlecht schön schöne schönes
                richtig falsch hier da dort jetzt dann immer wieder nie heute morgen gestern abend
                nacht tag mal bitte danke hallo moin servus tschüss mit ohne für von vom aus bei
                beim nach vor über unter auf an am im in zum zur durch gegen bis viel viele mehr
                alle alles etwas nichts man weiter spiel spielen spielt kommt komm kommst weiß
                glaube finde eigentlich einfach echt krass geil ganz gar als ersten leute euer sag
                sagt sieht lass
            """,
            "es": """
                yo tú él ella nosotros ustedes ellos ellas me te se nos le les lo la los las mi
                mis tu tus su sus nuestro un una unos unas el de del al y o u pero porque si sí no
                ni que qué quién cómo como cuándo cuando dónde donde cuánto cuánta por para con
                sin sobre en entre desde hasta hacia es son soy eres somos era fue ser estoy está
                estás están estaba he has ha han hay había tengo tiene tienes tienen hacer hace
                haces hizo hiciste puedo puede puedes quiero quiere quieres voy va vas vamos ir
                ver veo sé sabe sabes creo dice digo muy más menos mucho mucha muchos todo toda
                todos todas nada algo alguien nadie siempre nunca también ya aquí ahí allí hoy
                mañana ayer noche noches día días tarde bien mal bueno buena buenas buenos mejor
                este esta ese esa esto eso hola gracias saludos adiós amigo hermano jaja jajaja
                jugar juego juegas gente verdad vez primera gusta encanta porfa cosa casa
            """,
            "it": """
                io tu lui lei noi voi loro mi ti si ci vi lo la li le gli il i un uno una di del
                dello della dei degli delle da dal dalla in nel nella su sul sulla con per tra fra
                a al allo alla ai agli alle e ed o ma perché perchè se non no sì anche ancora già
                mai sempre più meno molto molta tutto tutta tutti tutte niente qualcosa qualcuno
                nessuno che chi cosa come quando dove quanto quale è sono sei siamo siete era ero
                essere ho hai ha abbiamo avete hanno fai fa fare fatto faccio posso puoi può
                voglio vuoi vuole vado vai va andare sto stai sta stare so sai dai dice vedo
                vedere credo questo questa questi quello quella quel bello bella bellissimo buono
                buona bene male meglio migliore grande ciao grazie buongiorno buonasera buonanotte
                ragazzi oggi domani ieri sera notte giorno tempo volta prima gioco giocare
                giocando qui lì là casa mio mia tuo tua suo sua davvero troppo adesso ora poi
            """,
            "pt": """
                eu tu você vocês ele ela nós eles elas me te se lhe meu minha meus minhas teu seu
                sua seus nosso o a os as um uma uns de do da dos das no na nos nas em ao aos pelo
                pela por para pra pro com sem sobre entre até desde e ou mas porque não sim nem
                que quê quem como quando onde quanto qual é são sou somos era foi ser está estou
                estão estava tem tenho têm tinha ter há fazer faz fez fiz posso pode podem quero
                quer vou vai vão vamos ir ver vejo sei sabe acho diz muito muita mais menos tudo
                todo toda todos nada algo alguém ninguém sempre nunca também já aqui ali hoje
                amanhã ontem noite dia tarde bem mal bom boa melhor este esta esse essa isso isto
                oi olá tchau obrigado obrigada valeu cara gente pessoal galera mano jogo jogar
                jogando vez primeira gosto amo coisa casa kkk kkkk né tá tô agora ainda depois só
            """,
            "pl": """
                ja ty on ona ono my wy oni mnie mi mną ci cię ciebie jego jej ich mój moja moje
                twój twoja swój się siebie ten ta to te tego tej tym tych i a oraz ale lub albo bo
                że żeby jak jeśli gdy nie tak tu tutaj tam co kto kogo czy gdzie kiedy dlaczego
                czemu ile jaki jaka jakie który która jest są jestem jesteś jesteśmy był była było
                być będzie będę mam masz ma mamy mają miał mogę możesz może można chcę chcesz chce
                wiem wiesz wie idę idzie robisz robi zrobić dla do od na w we z ze za po pod przed
                przez przy o u bez bardzo też już jeszcze tylko zawsze nigdy teraz dzisiaj dziś
                jutro wczoraj dobry dobra dobre dobrze źle lepszy najlepszy fajny fajna super
                dzięki dziękuję cześć siema hej witam wszystkim wszyscy wszystko nic coś ktoś raz
                pierwszy gra grasz grać dzień noc wieczór proszę pozdro no kurde człowiek ludzie
                dom domu
            """,
            "nl": """
                ik jij je hij zij ze wij we jullie hen hun mij me mijn jouw zijn haar ons onze het
                de een en of maar want dat dit deze die als niet nee ja geen wel nog al ook heel
                erg te zo hoe wat wie waar wanneer waarom welke is ben bent was waren wordt worden
                werd heb hebt heeft hebben had kan kun kunt kunnen moet moeten mag mogen wil wilt
                willen zal zou ga gaat gaan doe doet doen gedaan zie ziet zien weet weten kom komt
                komen speel speelt spelen spel goed goede beter beste slecht mooi mooie leuk leuke
                hier daar nu dan altijd nooit weer vandaag morgen gisteren avond nacht dag met
                zonder voor van uit bij naar over onder op aan in tot door veel meer alle alles
                allemaal iets niets iemand hallo hoi doei bedankt dank goedemorgen goedenavond
                welterusten eens even toch echt gewoon leven mensen keer eerste nou
            """,
            "tr": """
                ben sen o biz siz onlar bana sana ona bize beni seni onu benim senin onun bizim bu
                şu bunu şunu bunun buna bir iki ve veya ya ama fakat çünkü için ile gibi kadar
                daha en çok az hiç her hep şey bazı ne neden niye nasıl nasılsın nasılsınız nerede
                nereye nereden zaman kim hangi kaç mı mi mu mü musun misin mısın değil var yok
                evet hayır tamam iyi kötü güzel iyisin oldu olur olacak oluyor olmaz olsun et etti
                yap yapma yapıyor gel geldi geliyor git gidiyor gör bak bakın al ver de da ki
                şimdi sonra önce bugün yarın dün gece akşam akşamlar sabah gün günaydın geceler
                merhaba selam selamlar herkese teşekkürler teşekkür ederim sağol lütfen abi
                kardeşim hocam kanka lan be hadi oyun oyna oynuyor ilk son burada buraya orada
                evde istiyorum biliyor adam aynen
            """,
            "vi": """
                tôi mình em anh chị bạn nó họ ta ông bà mày tao chúng ai gì nào sao đâu bao nhiêu
                khi là có không được và với của cho từ đến ở trong ngoài trên dưới này kia đó đây
                thế vậy rồi đã đang sẽ chưa cũng vẫn còn chỉ rất quá lắm hơn nhất nhiều ít mọi
                những các một hai người con cái chiếc nhà game chơi xem nghe nói biết thấy làm đi
                về vào ra lên xuống hay đẹp tốt ngon vui buồn khó dễ chào cảm ơn xin lỗi nhé nha ạ
                ơi à ngủ ăn hôm nay mai tối sáng ngày lần đầu thôi mà thì nếu nhưng vì như khong
                duoc roi vay nhe nguoi choi
            """,
            "id": """
                saya aku gue gua kamu lu dia kami kita mereka anda ku mu nya ini itu yang dan atau
                tapi tetapi karena kalau jika untuk dari ke di pada dengan tanpa oleh dalam atas
                bawah tidak tak nggak gak ga enggak bukan jangan ya iya ada adalah sudah udah
                belum akan sedang lagi masih juga saja aja hanya sangat banget sekali lebih paling
                semua banyak sedikit apa siapa kapan dimana mana bagaimana gimana kenapa mengapa
                berapa bisa mau ingin harus boleh tahu tau lihat liat main bermain makan tidur
                pergi datang bagus baik jelek susah mudah enak keren hari malam pagi siang besok
                kemarin sekarang nanti pertama kali terima kasih makasih halo selamat bang kak mas
                mbak dong sih deh nih kok orang rumah satu dua tiga lama baru sini sana ayo
                semangat belakang lupa suka sama
            """,
        }.items()
    }
)
"""By primary tag. English is among them, to tell the others from it."""

_TONES: Final = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
LETTERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": frozenset("é"),
        "fr": frozenset("àâæçéèêëîïôœùûüÿ"),
        "de": frozenset("äöüß"),
        "es": frozenset("áéíñóúü"),
        "it": frozenset("àèéìîòóù"),
        "pt": frozenset("áâãàçéêíóôõú"),
        "pl": frozenset("ąćęłńóśźż"),
        "nl": frozenset("éëïóöü"),
        "tr": frozenset("çğıöşüâî"),
        "vi": frozenset(_TONES),
        "id": frozenset("é"),
    }
)
"""The letters beyond a to z that a language writes."""

PIECES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": r"(?:ing|ight|ould|ed|ly|ness|ful|'(?:s|t|m|re|ve|ll|d))$|^wh",
        "fr": r"^(?:[cdjlmnst]|qu)'|(?:eux|eau|aient|tion|ez|ette|elle|ique)$",
        "de": r"sch|(?:ung|heit|keit|lich|cht|tzt|st)$|'s$",
        "es": r"(?:ción|ando|iendo|dad|amos|emos|ito|ita)$",
        "it": r"^(?:l|un|dell|all|nell|c|d|quest|anch)'|(?:zione|ando|endo|issim[oaie]|mente)$",
        "pt": r"(?:ção|ções|ando|endo|indo|ão|ões|inh[oa])$|lh|nh",
        "pl": r"sz|cz|rz|(?:owy|owa|ego|emu|ach|ami|asz|esz|ić|ać|eć)$",
        "nl": r"ij|aa|uu|(?:lijk|heid|tje|tjes|cht|en)$",
        "tr": r"(?:yor|yorum|yorsun|lar|ler|dım|dim|sın|sin|mış|miş|ymiş|cak|cek)$",
        "vi": r"^(?:ng|nh|đ|kh)",
        "id": r"nya$|^(?:meng|mem|ber|ter|peng)|(?:kan|lah)$",
    }
)
"""Beginnings and endings of words; half as good as a word that is known."""
