"""What a chat says: two hundred lines of 1 to 40 characters, written for the table of durations."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH: Final = """
k
gg
wp
hi
lol
yes
nope
nice
gg wp
hello
lets go
nice play
nice plays!
well played
what a shot
good evening
how are you?
that was close
no way he did it
first time here
love this song
turn the music up
where are you from
thanks for streaming
can you play again?
what game is this
the boss is behind you
use the shield, quick!
I can't believe it
you're so good at this
greetings from Scotland
please say hi to my mom
wait, what just happened
my dog loves your voice
new keyboard sounds great
strength through squirrels
this is the best part
are we winning yet?
I was away, what did I miss?
best stream of the whole week
try the other door on the left
have you eaten anything today?
do it again but with your eyes shut
that jump was absolutely ridiculous
congratulations on a thousand subs
I have to go, see you all tomorrow
somebody clip that right now please
she said it was impossible, ha!
don't forget to drink some water
it is long past midnight, go to bed now!
"""
_CHINESE: Final = """
草
好
哈哈
加油
厉害
晚上好
好听吗
冲冲冲
主播好
太强了
来了来了
笑死我了
你好你好
这波可以
前面有人
主播加油
别送人头
下次一定
真的假的啊
背景音乐好听
今天播到几点
这是什么游戏
我刚下班来晚了
有没有人一起玩
主播声音真好听
第一次来你直播间
这个操作太秀了吧
谢谢主播，学到了
求歌名，真的很好听
兄弟们把好看打在公屏上
刚才那一枪是怎么打中的
能不能再来一局，求你了
主播今天的衣服好好看啊
我在外地出差，用手机看的
这波操作太厉害了，兄弟们刷起来
老板大气，谢谢老板送的火箭
别急，慢慢来，时间还多着呢
晚饭吃了吗？记得多喝点热水
对面那个人好像一直在草丛里等你
明天还要上班，我先去睡了，大家晚安
"""
_JAPANESE: Final = """
草
え
うん
すごい
かわいい
おつかれ
こんにちは
ナイス！
はじめまして
なるほどね
おはようございます
ありがとうございます
今日もがんばって
このゲーム楽しそう
初見です、よろしく
後ろに敵がいるよ
めっちゃ上手いですね
その曲なんですか？
もう一回やってほしい
ちょっと待って、今の何
明日も配信ありますか？
ドンマイ、次いこう次
コーヒーを飲みながら見てます
音がすこし小さいかもしれません
そこは右に曲がったほうが早いよ
やっと仕事が終わったので来ました
お風呂に入ってきます、またあとで
みんなで一緒にゲームするの楽しいね
さっきのジャンプ、絶対に無理だと思った
北海道から見ています、こちらは雪です
"""
_MIXED: Final = """
gg了
666啊
nice啊
come on冲
主播nice
GG，下一把
这个bug笑死
今天play什么
刚刚是lag了吗
主播yyds真的
这把carry全场
OK明白了，谢谢
boss还剩10%的血
主播用的什么mouse
这个skin好好看啊
help，我卡在第3关了
ゲームのBGMいいね
GGでした、また明日
good night おやすみ
韓国からhelloです
오늘 방송 재밌어요
안녕하세요 hello
대박 nice shot
감사합니다 주인장님
Grüße aus München!
¿qué tal, amigos?
très bien joué, bravo
Привет из Сибири
Спасибо за стрим, очень круто
what does 加油 mean in English?
我觉得this is really good
主播能不能speak English please
いいね！ nice combo でした
level 99了，主播太肝了吧
discord里有人在call你
刚从YouTube过来，hello大家好
10分钟后有meeting，先走了bye
this map 好大啊, where is the exit
next game 打排位吗 or just chill?
我的wifi又lag了 sorry everyone
"""
_DIGITS: Final = """
1
6
42
66
100
233
520
666
777
888
1000
2026
2333
6666
3:1
2-0
10/10
1.5x
100%
$5
10:30
23:59
1080p
60fps
4k
144 Hz
12,500
100,000
666666
1,000,000
2026-11-20
3.14159
lag 300 ms
top 10
round 12
25 kills
2 hp left
top 1 of 100
score is 16:14
level 3 in 25 minutes
"""

LINES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        name: tuple(lines.strip().splitlines())
        for name, lines in (
            ("en", _ENGLISH),
            ("zh", _CHINESE),
            ("ja", _JAPANESE),
            ("mixed", _MIXED),
            ("digits", _DIGITS),
        )
    }
)
"""The lines of each kind: a language, or what people write in all of them."""
