<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Application</name>
    <message>
        <source>This desktop shows no tray icons.</source>
        <translation>此桌面不显示托盘图标。</translation>
    </message>
    <message>
        <source>Closing the window ends the application. GNOME: install AppIndicator.</source>
        <translation>关闭窗口即退出应用。GNOME 请安装 AppIndicator 扩展。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Restart no&amp;w</source>
        <translation>立即重启(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>R&amp;elease</source>
        <translation>解除静音(&amp;E)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>BusyLine</name>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>ChatModel</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>message removed</source>
        <translation>消息已被移除</translation>
    </message>
    <message>
        <source>Announcement</source>
        <translation>频道公告</translation>
    </message>
    <message>
        <source>announcement</source>
        <translation>频道公告</translation>
    </message>
    <message>
        <source>message hidden</source>
        <translation>消息已隐藏</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>汇总</translation>
    </message>
    <message>
        <source>name hidden</source>
        <translation>名字已隐藏</translation>
    </message>
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>Chat messages</source>
        <translation>聊天消息</translation>
    </message>
    <message>
        <source>&amp;Jump to newest</source>
        <translation>跳到最新(&amp;J)</translation>
    </message>
    <message>
        <source>Shows the newest message again</source>
        <translation>重新显示最新消息</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>Hello! This is the voice that reads your chat. Have a great stream.</source>
        <translation>你好！这就是朗读弹幕的声音。祝你直播顺利。</translation>
    </message>
    <message>
        <source>The chosen voice, {voice}, isn't there any more.</source>
        <translation>所选的声音 {voice} 已不存在。</translation>
    </message>
    <message>
        <source>The starter voice speaks. Choose another one in the menu Voice.</source>
        <translation>现由入门声音朗读。请在“声音”菜单中另选一个。</translation>
    </message>
    <message>
        <source>Voices that you gave to viewers aren't there any more: {voices}.</source>
        <translation>你分配给观众的声音已经不存在：{voices}。</translation>
    </message>
    <message>
        <source>Others speak for them. Choose anew in the reading rules.</source>
        <translation>暂由其他声音代替。请在朗读规则里重新选择。</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Pick a c&amp;hannel</source>
        <translation>选择频道(&amp;H)</translation>
    </message>
    <message>
        <source>Goes to the channel field</source>
        <translation>转到频道输入框</translation>
    </message>
    <message>
        <source>Hear a &amp;voice</source>
        <translation>试听声音(&amp;V)</translation>
    </message>
    <message>
        <source>Says a sentence</source>
        <translation>说一句话</translation>
    </message>
    <message>
        <source>Try the d&amp;emo chat</source>
        <translation>试试演示聊天(&amp;E)</translation>
    </message>
    <message>
        <source>Reads a chat that comes with the application</source>
        <translation>朗读应用自带的聊天</translation>
    </message>
    <message>
        <source>Nobody has written yet. Messages appear here.</source>
        <translation>还没有人发言。消息会显示在这里。</translation>
    </message>
    <message>
        <source>Let your chat speak</source>
        <translation>让弹幕开口说话</translation>
    </message>
    <message>
        <source>Pick a channel, and its chat is read aloud. No account is needed.</source>
        <translation>选择一个频道，它的聊天就会被朗读出来。不需要账号。</translation>
    </message>
    <message>
        <source>Listening to {channel}</source>
        <translation>正在收听 {channel}</translation>
    </message>
</context>
<context>
    <name>FindingList</name>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>This makes a good reference.</source>
        <translation>这段很适合作参考。</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>A word is cut at the edge</source>
        <translation>边缘处有字被切断</translation>
    </message>
    <message>
        <source>Check the microphone and record again.</source>
        <translation>请检查麦克风后重新录音。</translation>
    </message>
    <message>
        <source>Choose 3 to 8 seconds and their text.</source>
        <translation>请选取 3 到 8 秒，并只写这段的文字。</translation>
    </message>
    <message>
        <source>Choose 3 to 8 seconds.</source>
        <translation>请选取 3 到 8 秒。</translation>
    </message>
    <message>
        <source>Choose a part without long pauses.</source>
        <translation>请选取没有长停顿的部分。</translation>
    </message>
    <message>
        <source>Choose a part without music.</source>
        <translation>请选取没有音乐的部分。</translation>
    </message>
    <message>
        <source>Choose the language that is spoken.</source>
        <translation>请选择录音所说的语言。</translation>
    </message>
    <message>
        <source>It sounds like a telephone</source>
        <translation>听起来像电话录音</translation>
    </message>
    <message>
        <source>Move that edge into a silence.</source>
        <translation>请把这一边移到停顿处。</translation>
    </message>
    <message>
        <source>Record again in a quiet room.</source>
        <translation>请在安静的房间里重新录音。</translation>
    </message>
    <message>
        <source>Record again with the level turned down, or choose another part.</source>
        <translation>请调低音量重新录音，或选取别的部分。</translation>
    </message>
    <message>
        <source>Record again, closer to the microphone.</source>
        <translation>请靠近麦克风重新录音。</translation>
    </message>
    <message>
        <source>The recording is clipped, it was too loud</source>
        <translation>录音削波了，当时音量太大</translation>
    </message>
    <message>
        <source>The recording is noisy</source>
        <translation>录音有噪声</translation>
    </message>
    <message>
        <source>The recording is very quiet</source>
        <translation>录音声音很小</translation>
    </message>
    <message>
        <source>The reference is too long</source>
        <translation>参考音频太长</translation>
    </message>
    <message>
        <source>The reference is too short</source>
        <translation>参考音频太短</translation>
    </message>
    <message>
        <source>The reference text is missing</source>
        <translation>缺少参考文本</translation>
    </message>
    <message>
        <source>The text is too long for what is heard</source>
        <translation>文字比所说的内容多</translation>
    </message>
    <message>
        <source>The text is too short for what is heard</source>
        <translation>文字比所说的内容少</translation>
    </message>
    <message>
        <source>The text isn't written in the language</source>
        <translation>文字与所选语言不符</translation>
    </message>
    <message>
        <source>There is a long pause</source>
        <translation>中间有很长的停顿</translation>
    </message>
    <message>
        <source>There is music in the recording</source>
        <translation>录音里有音乐</translation>
    </message>
    <message>
        <source>There is nothing to hear</source>
        <translation>录音里没有声音</translation>
    </message>
    <message>
        <source>Type all that is said in that part.</source>
        <translation>请写出这段里说的全部内容。</translation>
    </message>
    <message>
        <source>Type only what is said in that part.</source>
        <translation>请只写这段里说的内容。</translation>
    </message>
    <message>
        <source>Type what is said in the marked part.</source>
        <translation>请写出所选部分说的内容。</translation>
    </message>
    <message>
        <source>Use the original recording.</source>
        <translation>请使用原始录音。</translation>
    </message>
    <message>
        <source>{words} ({figure}).</source>
        <translation>{words}（{figure}）。</translation>
    </message>
    <message>
        <source>{words}.</source>
        <translation>{words}。</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Chan&amp;nel</source>
        <translation>频道(&amp;N)</translation>
    </message>
    <message>
        <source>Channel name or address, such as twitch://name</source>
        <translation>频道名或地址，例如 twitch://name</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>频道</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Good</source>
        <translation>合适</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Nothing is heard</source>
        <translation>没有声音</translation>
    </message>
    <message>
        <source>Too loud: go further away</source>
        <translation>太响：离远一点</translation>
    </message>
    <message>
        <source>Too quiet: go closer</source>
        <translation>太轻：靠近一点</translation>
    </message>
</context>
<context>
    <name>LicencePage</name>
    <message>
        <source>{name} has a licence: {licence}. Do you accept it?</source>
        <translation>{name} 采用 {licence} 许可证。你接受吗？</translation>
    </message>
    <message>
        <source>The licence of {name}: {licence}</source>
        <translation>{name} 的许可证：{licence}</translation>
    </message>
    <message>
        <source>The licence in plain words</source>
        <translation>许可证的通俗说明</translation>
    </message>
    <message>
        <source>&amp;Accept and download</source>
        <translation>接受并下载(&amp;A)</translation>
    </message>
    <message>
        <source>The &amp;whole licence...</source>
        <translation>许可证全文(&amp;W)...</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>暂不(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>返回(&amp;B)</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>iShowTTS Desktop</source>
        <translation>iShowTTS Desktop</translation>
    </message>
    <message>
        <source>The folder of the F5 model</source>
        <translation>F5 模型所在的文件夹</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>Silenced. Nothing is said until you release it.</source>
        <translation>已静音。解除之前什么都不会念。</translation>
    </message>
    <message>
        <source>What is {name} called when a message is read? Empty for the name itself.</source>
        <translation>念消息时怎么称呼 {name}？留空则念原名。</translation>
    </message>
</context>
<context>
    <name>ModelBanner</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Remove the model that is in use? The embedded voice speaks instead.</source>
        <translation>要删除正在使用的模型吗？之后将改用内置语音朗读。</translation>
    </message>
    <message>
        <source>Remove it? To have it again, it must be downloaded again.</source>
        <translation>要删除它吗？以后再用时需要重新下载。</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Remove...</source>
        <translation>删除...</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>正在使用</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>已下载</translation>
    </message>
    <message>
        <source>That frees {size}.</source>
        <translation>可释放 {size} 空间。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>{size} of it is here</source>
        <translation>已有 {size}</translation>
    </message>
</context>
<context>
    <name>ModelManager</name>
    <message>
        <source>Models of the F5 voice</source>
        <translation>F5 语音的模型</translation>
    </message>
    <message>
        <source>The folder could not be shown.</source>
        <translation>无法打开该文件夹。</translation>
    </message>
    <message>
        <source>No browser answered.</source>
        <translation>无法打开浏览器。</translation>
    </message>
    <message>
        <source>The folder of the F5 model</source>
        <translation>F5 模型所在的文件夹</translation>
    </message>
    <message>
        <source>The F5 voice speaks with it now.</source>
        <translation>F5 语音现在使用这个模型。</translation>
    </message>
    <message>
        <source>Downloaded.</source>
        <translation>下载完成。</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>The cloned voice needs one of these models. It is downloaded once; after that it works without a network.</source>
        <translation>克隆语音需要以下模型之一。只需下载一次，之后无需联网。</translation>
    </message>
    <message>
        <source>Looking for the models that are here...</source>
        <translation>正在查找已有的模型...</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Choose a &amp;folder by hand...</source>
        <translation>手动选择文件夹(&amp;F)...</translation>
    </message>
    <message>
        <source>For a model that you already have</source>
        <translation>用于你已经拥有的模型</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>{size} free in {folder}</source>
        <translation>剩余 {size}：{folder}</translation>
    </message>
    <message>
        <source>In use: {folder}</source>
        <translation>正在使用：{folder}</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Speaks English and Mandarin in a cloned voice. The best published one: take this.</source>
        <translation>以克隆的声音说英语和普通话。已发布的最佳模型，推荐使用。</translation>
    </message>
    <message>
        <source>The first one, of 2024: for comparing, and for checkpoints that were trained from it.</source>
        <translation>2024 年的第一版：用于比较，以及基于它训练的检查点。</translation>
    </message>
    <message>
        <source>The vocoder: makes sound of what a model speaks. Every model needs it and brings it.</source>
        <translation>声码器：把模型的输出变成声音。每个模型都需要它，也会自动带上它。</translation>
    </message>
    <message>
        <source>Free to use, to share and to change, as long as you name its authors (F5-TTS by SWivid and others) and don't use it to make money. Whether a stream with advertisements, subscriptions or donations makes money is not for us to say, we are no lawyers: ask the authors, or use another checkpoint whose licence allows it; this program takes any of the same shape. https://creativecommons.org/licenses/by-nc/4.0/</source>
        <translation>可以免费使用、分享和修改，但须注明作者（SWivid 等人的 F5-TTS），且不得用于营利。有广告、订阅或打赏的直播是否算营利，我们不是律师，无法判断：请询问作者，或改用许可证允许的其他检查点；本程序可使用任何同样结构的检查点。https://creativecommons.org/licenses/by-nc/4.0/</translation>
    </message>
    <message>
        <source>Free for every use, as long as the notice of its authors (Vocos by Charactr) stays with it.</source>
        <translation>可用于任何用途，但须保留作者（Charactr 的 Vocos）的声明。</translation>
    </message>
</context>
<context>
    <name>ReadingBar</name>
    <message>
        <source>&amp;Skip</source>
        <translation>跳过(&amp;S)</translation>
    </message>
    <message>
        <source>Stops what is spoken and goes on</source>
        <translation>停止当前朗读并继续下一条</translation>
    </message>
    <message>
        <source>Clear &amp;queue</source>
        <translation>清空队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Forgets everything that waits</source>
        <translation>丢弃所有等待的消息</translation>
    </message>
    <message>
        <source>V&amp;olume</source>
        <translation>音量(&amp;O)</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>S&amp;top reading</source>
        <translation>停止朗读(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;tart reading</source>
        <translation>开始朗读(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Vo&amp;ice</source>
        <translation>声音(&amp;I)</translation>
    </message>
    <message>
        <source>Chooses who speaks, and how carefully</source>
        <translation>选择由谁朗读以及朗读的质量</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>更多(&amp;M)</translation>
    </message>
    <message>
        <source>Replay, selection, muting, reading rules</source>
        <translation>重播、选中的消息、临时静默、朗读规则</translation>
    </message>
    <message>
        <source>Si&amp;lence</source>
        <translation>静音(&amp;L)</translation>
    </message>
    <message>
        <source>Stops everything at once, until you release it</source>
        <translation>立刻停止一切声音，直到你解除</translation>
    </message>
</context>
<context>
    <name>Recorder</name>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Microphone</source>
        <translation>麦克风(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Record</source>
        <translation>录音(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Record again</source>
        <translation>重新录音(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Use this recording</source>
        <translation>使用这段录音(&amp;U)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>In a quiet room, a hand's breadth from the microphone. Space begins.</source>
        <translation>请在安静的房间里，离麦克风一掌远。按空格键开始。</translation>
    </message>
    <message>
        <source>Listen to it, then use it or record again.</source>
        <translation>听一听，然后使用它或重新录音。</translation>
    </message>
    <message>
        <source>Read this &amp;aloud, calmly, or type what you will say:</source>
        <translation>请平稳地朗读这段文字，或输入你要说的话(&amp;A)：</translation>
    </message>
    <message>
        <source>Record a voice</source>
        <translation>录制声音</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Speak now. The space bar stops. Chat waits while you record.</source>
        <translation>请开始说话。按空格键停止。录音时弹幕会等待。</translation>
    </message>
    <message>
        <source>Text to read aloud</source>
        <translation>朗读文本</translation>
    </message>
    <message>
        <source>The default microphone</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>The microphone is opened...</source>
        <translation>正在打开麦克风……</translation>
    </message>
    <message>
        <source>Type one or two sentences, about six seconds long.</source>
        <translation>输入一两句话，大约六秒长。</translation>
    </message>
    <message>
        <source>You hear it after what is being said now.</source>
        <translation>正在念的内容结束后就能听到。</translation>
    </message>
    <message>
        <source>You hear it when the speech goes on: it is paused in the main window.</source>
        <translation>朗读已在主窗口中暂停，继续后就能听到。</translation>
    </message>
    <message>
        <source>{seconds} of {most} s</source>
        <translation>{seconds} / {most} 秒</translation>
    </message>
</context>
<context>
    <name>RecorderGuard</name>
    <message>
        <source>Discard the recording?</source>
        <translation>放弃这段录音？</translation>
    </message>
</context>
<context>
    <name>SayBar</name>
    <message>
        <source>Type something to say, then press Enter</source>
        <translation>输入要说的话，然后按回车</translation>
    </message>
    <message>
        <source>Line to say</source>
        <translation>要说的话</translation>
    </message>
    <message>
        <source>S&amp;ay</source>
        <translation>说出(&amp;A)</translation>
    </message>
    <message>
        <source>Says the line you typed</source>
        <translation>说出你输入的话</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>queued</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>There is nothing in it to say.</source>
        <translation>里面没有可读的内容。</translation>
    </message>
    <message>
        <source>It is a command for a bot.</source>
        <translation>这是给机器人的命令。</translation>
    </message>
    <message>
        <source>The author is on the block list.</source>
        <translation>作者在黑名单中。</translation>
    </message>
    <message>
        <source>You muted the author.</source>
        <translation>你临时静默了作者。</translation>
    </message>
    <message>
        <source>It comes from a shared chat.</source>
        <translation>它来自共享聊天。</translation>
    </message>
    <message>
        <source>Reading is stopped.</source>
        <translation>朗读已停止。</translation>
    </message>
    <message>
        <source>It waited too long to be fresh.</source>
        <translation>等待太久，已经过时。</translation>
    </message>
    <message>
        <source>The queue was full.</source>
        <translation>队列已满。</translation>
    </message>
    <message>
        <source>Chat was too fast to follow.</source>
        <translation>聊天太快，来不及读。</translation>
    </message>
    <message>
        <source>You skipped it.</source>
        <translation>你跳过了它。</translation>
    </message>
    <message>
        <source>You cleared the queue.</source>
        <translation>你清空了队列。</translation>
    </message>
    <message>
        <source>The voice could not say it.</source>
        <translation>语音引擎没能读出它。</translation>
    </message>
    <message>
        <source>The application was closing.</source>
        <translation>应用正在关闭。</translation>
    </message>
    <message>
        <source>A moderator deleted it.</source>
        <translation>管理员删除了它。</translation>
    </message>
    <message>
        <source>A moderator timed out or banned the author.</source>
        <translation>管理员禁言或封禁了作者。</translation>
    </message>
    <message>
        <source>A moderator cleared the chat.</source>
        <translation>管理员清空了聊天。</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>No connection, trying again</source>
        <translation>未连接，正在重试</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>your own line</source>
        <translation>你自己的话</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>付费</translation>
    </message>
    <message>
        <source>moderator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>mentions you</source>
        <translation>提到了你</translation>
    </message>
    <message>
        <source>in {seconds} s</source>
        <translation>（{seconds} 秒后）</translation>
    </message>
    <message>
        <source>turbo</source>
        <translation>极速</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>studio</source>
        <translation>录音室</translation>
    </message>
    <message>
        <source>embedded voice</source>
        <translation>内置声音</translation>
    </message>
    <message>
        <source>embedded voice, F5 is loading</source>
        <translation>内置声音，F5 正在加载</translation>
    </message>
    <message>
        <source>F5 voice, {quality}</source>
        <translation>F5 声音，{quality}</translation>
    </message>
    <message>
        <source>F5 voice, {quality}, warming up</source>
        <translation>F5 声音，{quality}，正在预热</translation>
    </message>
    <message>
        <source>embedded voice, F5 failed</source>
        <translation>内置声音，F5 出错</translation>
    </message>
    <message>
        <source>embedded voice, F5 needs a restart</source>
        <translation>内置声音，F5 需要重启应用</translation>
    </message>
    <message>
        <source>{number} steps, not an optimised number</source>
        <translation>{number} 步（非优化步数）</translation>
    </message>
    <message>
        <source>The times of {number} steps are spread evenly. Optimised for quality are those of {numbers} steps.</source>
        <translation>{number} 步的时间点为均匀分布；针对音质优化过的步数为 {numbers}。</translation>
    </message>
    <message>
        <source>{number} steps</source>
        <translation>{number} 步</translation>
    </message>
    <message>
        <source>Checking that every file is whole...</source>
        <translation>正在检查文件是否完整...</translation>
    </message>
    <message>
        <source>Being downloaded</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Downloading {name}: {percent} %</source>
        <translation>正在下载 {name}：{percent} %</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>请重试。</translation>
    </message>
    <message>
        <source>The program for it ended without a word.</source>
        <translation>相应的程序没有给出任何说明就结束了。</translation>
    </message>
    <message>
        <source>Not whole: {files}.</source>
        <translation>不完整：{files}。</translation>
    </message>
    <message>
        <source>Remove it, then download it again.</source>
        <translation>请先删除，再重新下载。</translation>
    </message>
    <message>
        <source>The list of models can't be understood.</source>
        <translation>无法读懂模型列表。</translation>
    </message>
    <message>
        <source>Install the application again.</source>
        <translation>请重新安装本应用。</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>还需 {minutes} 分钟</translation>
    </message>
    <message>
        <source>days left</source>
        <translation>还需数天</translation>
    </message>
    <message>
        <source>Waiting for an answer...</source>
        <translation>正在等待应答...</translation>
    </message>
    <message>
        <source>Waits for the other download</source>
        <translation>等待另一个下载完成</translation>
    </message>
    <message>
        <source>Asking what is to be fetched...</source>
        <translation>正在查询需要下载的内容...</translation>
    </message>
    <message>
        <source>Stopping...</source>
        <translation>正在停止...</translation>
    </message>
    <message>
        <source>Removing...</source>
        <translation>正在删除...</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Being removed</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Being stopped</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>正在校验</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Downloading {name}</source>
        <translation>正在下载 {name}</translation>
    </message>
    <message>
        <source>Try again. What was fetched is kept.</source>
        <translation>请重试。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>The program for it didn't start: {why}.</source>
        <translation>相应的程序无法启动：{why}。</translation>
    </message>
    <message>
        <source>The program for it was ended from outside.</source>
        <translation>相应的程序被外部终止。</translation>
    </message>
    <message>
        <source>The program for it failed: {why}</source>
        <translation>相应的程序出错：{why}</translation>
    </message>
    <message>
        <source>Every file is whole.</source>
        <translation>所有文件都完整。</translation>
    </message>
    <message>
        <source>{hours} h left</source>
        <translation>还需 {hours} 小时</translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation>正在等待网络</translation>
    </message>
    <message>
        <source>{seconds} s left</source>
        <translation>还需 {seconds} 秒</translation>
    </message>
    <message>
        <source>See whether the disk is busy, then try again.</source>
        <translation>请检查磁盘是否繁忙，然后重试。</translation>
    </message>
    <message>
        <source>Which models are here took too long to see.</source>
        <translation>未能及时查明已有哪些模型。</translation>
    </message>
    <message>
        <source>{licence}: free, but not to make money with</source>
        <translation>{licence}：免费，但不得用于营利</translation>
    </message>
    <message>
        <source>{licence}: free for every use</source>
        <translation>{licence}：可免费用于任何用途</translation>
    </message>
    <message>
        <source>Short lines said from the phrase cache: {hits} of {all}. It holds {used} of {limit} MB.</source>
        <translation>短语缓存命中：{all} 句中的 {hits} 句。已用 {used} / {limit} MB。</translation>
    </message>
    <message>
        <source>{name} by F5, {quality}</source>
        <translation>{name}（F5），{quality}</translation>
    </message>
    <message>
        <source>Remove {name}, then download this model again.</source>
        <translation>请先移除 {name}，再重新下载此模型。</translation>
    </message>
    <message>
        <source>The author chose a voice.</source>
        <translation>作者选择了声音。</translation>
    </message>
    <message>
        <source>It has a blocked word in it.</source>
        <translation>含有屏蔽词。</translation>
    </message>
    <message>
        <source>It has a private word in it.</source>
        <translation>含有私密词。</translation>
    </message>
    <message>
        <source>The author is a bot.</source>
        <translation>作者是机器人。</translation>
    </message>
    <message>
        <source>The author's role is too low.</source>
        <translation>作者的身份等级不够。</translation>
    </message>
    <message>
        <source>It doesn't mention you.</source>
        <translation>没有提到你。</translation>
    </message>
    <message>
        <source>It isn't paid.</source>
        <translation>不是付费消息。</translation>
    </message>
    <message>
        <source>Its language isn't read.</source>
        <translation>不朗读这种语言。</translation>
    </message>
    <message>
        <source>It is too short.</source>
        <translation>太短。</translation>
    </message>
    <message>
        <source>It is too long.</source>
        <translation>太长。</translation>
    </message>
    <message>
        <source>It is the author's first message.</source>
        <translation>这是作者的第一条消息。</translation>
    </message>
    <message>
        <source>The author wrote a moment ago.</source>
        <translation>作者刚刚发过言。</translation>
    </message>
    <message>
        <source>The author wrote the same before.</source>
        <translation>作者发过同样的内容。</translation>
    </message>
    <message>
        <source>The author was heard a lot already.</source>
        <translation>作者已经被朗读了很多。</translation>
    </message>
    <message>
        <source>You silenced everything.</source>
        <translation>你已静音一切。</translation>
    </message>
    <message>
        <source>There was too much chat to say it all.</source>
        <translation>聊天太多，无法全部朗读。</translation>
    </message>
    <message>
        <source>The author wrote something newer.</source>
        <translation>作者写了更新的内容。</translation>
    </message>
    <message>
        <source>Busy: names left out</source>
        <translation>忙：不念名字</translation>
    </message>
    <message>
        <source>Busy: spoken faster</source>
        <translation>忙：加快语速</translation>
    </message>
    <message>
        <source>Very busy: a sample is read</source>
        <translation>很忙：只念一部分</translation>
    </message>
    <message>
        <source>Very busy: repeats are merged</source>
        <translation>很忙：合并重复的话</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{count} waiting, {seconds} s</source>
        <translation>{count} 条等待，{seconds} 秒</translation>
    </message>
    <message>
        <source>Chat to sound: {p50}, 95 % within {p95}</source>
        <translation>从聊天到声音：{p50}，95 % 在 {p95} 内</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>Reading is stopped</source>
        <translation>朗读已停止</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有等待的消息</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} 毫秒</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} 秒</translation>
    </message>
    <message>
        <source>Chat to sound: not measured</source>
        <translation>从聊天到声音：尚未测量</translation>
    </message>
    <message>
        <source>Speaking: {text}</source>
        <translation>正在读：{text}</translation>
    </message>
    <message>
        <source>Held: you are talking</source>
        <translation>暂缓：你正在说话</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>{count} waiting, {seconds} s, for up to {age} s</source>
        <translation>{count} 条在等，共 {seconds} 秒，最久等了 {age} 秒</translation>
    </message>
    <message>
        <source>The volume is 0</source>
        <translation>音量为 0</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Still reading</source>
        <translation>仍在朗读</translation>
    </message>
    <message>
        <source>iShowTTS Desktop is in the tray. Quit it from the menu there.</source>
        <translation>iShowTTS Desktop 在托盘中。可从托盘菜单退出。</translation>
    </message>
    <message>
        <source>&amp;Skip</source>
        <translation>跳过(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Read selected message</source>
        <translation>朗读选中的消息(&amp;R)</translation>
    </message>
    <message>
        <source>Show &amp;window</source>
        <translation>显示窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>not reading</source>
        <translation>未朗读</translation>
    </message>
    <message>
        <source>something is wrong, see the window</source>
        <translation>出现问题，请看窗口</translation>
    </message>
    <message>
        <source>S&amp;top reading</source>
        <translation>停止朗读(&amp;T)</translation>
    </message>
    <message>
        <source>S&amp;tart reading</source>
        <translation>开始朗读(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>继续(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>iShowTTS Desktop: {status}</source>
        <translation>iShowTTS Desktop：{status}</translation>
    </message>
    <message>
        <source>&amp;Clear queue</source>
        <translation>清空队列(&amp;C)</translation>
    </message>
    <message>
        <source>Re&amp;lease: speak again</source>
        <translation>解除静音，继续朗读(&amp;L)</translation>
    </message>
    <message>
        <source>Readin&amp;g rules...</source>
        <translation>朗读规则(&amp;G)...</translation>
    </message>
    <message>
        <source>Say the last &amp;again</source>
        <translation>再念上一条(&amp;A)</translation>
    </message>
    <message>
        <source>Si&amp;lence now</source>
        <translation>立刻静音(&amp;L)</translation>
    </message>
    <message>
        <source>silenced</source>
        <translation>已静音</translation>
    </message>
    <message>
        <source>held while you talk</source>
        <translation>暂缓：你正在说话</translation>
    </message>
    <message>
        <source>The volume is 0: nothing can be heard</source>
        <translation>音量为 0：什么也听不到</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Un&amp;do</source>
        <translation>撤销(&amp;D)</translation>
    </message>
    <message>
        <source>{name} was removed.</source>
        <translation>已删除 {name}。</translation>
    </message>
</context>
<context>
    <name>UnsavedGuard</name>
    <message>
        <source>Save the changes of {name}?</source>
        <translation>要保存对 {name} 的更改吗？</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>声音</translation>
    </message>
</context>
<context>
    <name>VoiceActions</name>
    <message>
        <source>&amp;Bring back what was removed last</source>
        <translation>恢复最近删除的声音(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Export...</source>
        <translation>导出(&amp;E)...</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>查找(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Import...</source>
        <translation>导入(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;New from a file...</source>
        <translation>从文件新建(&amp;N)...</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Voice</source>
        <translation>声音(&amp;V)</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>关闭(&amp;L)</translation>
    </message>
    <message>
        <source>Make a &amp;copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>New by &amp;recording...</source>
        <translation>录音新建(&amp;R)...</translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation>删除(&amp;V)</translation>
    </message>
    <message>
        <source>Rena&amp;me</source>
        <translation>重命名(&amp;M)</translation>
    </message>
</context>
<context>
    <name>VoiceChanges</name>
    <message>
        <source>No voice was removed.</source>
        <translation>没有删除过声音。</translation>
    </message>
    <message>
        <source>{name} was exported.</source>
        <translation>已导出 {name}。</translation>
    </message>
    <message>
        <source>{name} was imported.</source>
        <translation>已导入 {name}。</translation>
    </message>
    <message>
        <source>{name} wasn't opened: drop recordings by themselves.</source>
        <translation>没有打开 {name}：请单独拖入录音。</translation>
    </message>
</context>
<context>
    <name>VoiceDesk</name>
    <message>
        <source>No speech was found in the recording.</source>
        <translation>录音里没有找到说话声。</translation>
    </message>
    <message>
        <source>Take another recording.</source>
        <translation>请换一段录音。</translation>
    </message>
    <message>
        <source>The voice isn't saved yet.</source>
        <translation>声音还没有保存。</translation>
    </message>
    <message>
        <source>Tick below that the person who is heard agreed.</source>
        <translation>请在下面勾选：说话的人已经同意。</translation>
    </message>
    <message>
        <source>Another program changed this voice meanwhile.</source>
        <translation>另一个程序在此期间更改了这个声音。</translation>
    </message>
    <message>
        <source>Revert shows it as it is now.</source>
        <translation>点“还原”可显示它现在的样子。</translation>
    </message>
</context>
<context>
    <name>VoiceEditor</name>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Other recording</source>
        <translation>换录音(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Transcribe this part</source>
        <translation>听写这段(&amp;T)</translation>
    </message>
    <message>
        <source>Best pa&amp;rt</source>
        <translation>最佳部分(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel &amp;transcribing</source>
        <translation>取消听写(&amp;T)</translation>
    </message>
    <message>
        <source>Chooses the clearest 3 to 8 seconds</source>
        <translation>选取最清楚的 3 到 8 秒</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>名称(&amp;M)</translation>
    </message>
    <message>
        <source>Needs the extra named transcribe</source>
        <translation>需要安装名为 transcribe 的附加组件</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Pla&amp;y</source>
        <translation>播放(&amp;Y)</translation>
    </message>
    <message>
        <source>Reference te&amp;xt: what is said in the marked part</source>
        <translation>参考文本：所选部分说的内容(&amp;X)</translation>
    </message>
    <message>
        <source>Reference text</source>
        <translation>参考文本</translation>
    </message>
    <message>
        <source>Something else is said first</source>
        <translation>前面还有别的内容在念</translation>
    </message>
    <message>
        <source>Stop pla&amp;ying</source>
        <translation>停止播放(&amp;Y)</translation>
    </message>
    <message>
        <source>The speech is paused in the main window</source>
        <translation>朗读已在主窗口中暂停</translation>
    </message>
    <message>
        <source>This voice comes with the application. Make a copy to change it: Ctrl+D.</source>
        <translation>这是应用自带的声音。要修改，请先复制：Ctrl+D。</translation>
    </message>
    <message>
        <source>Type exactly what is said there.</source>
        <translation>请逐字写出这段说的内容。</translation>
    </message>
    <message>
        <source>Waiting...</source>
        <translation>等待中...</translation>
    </message>
    <message>
        <source>{seconds} s of {total} s</source>
        <translation>{seconds} 秒，共 {total} 秒</translation>
    </message>
</context>
<context>
    <name>VoiceEmpty</name>
    <message>
        <source>&amp;Open a file...</source>
        <translation>打开文件(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Read it aloud...</source>
        <translation>朗读录音(&amp;R)...</translation>
    </message>
    <message>
        <source>Make a voice of your own</source>
        <translation>制作你自己的声音</translation>
    </message>
    <message>
        <source>Three to eight seconds of clear speech are enough: drop a sound file anywhere in this window, open one, or read a sentence aloud.</source>
        <translation>三到八秒清楚的说话声就够了：把声音文件拖到这个窗口里，打开一个文件，或朗读一句话。</translation>
    </message>
</context>
<context>
    <name>VoiceFiles</name>
    <message>
        <source>A recording of the voice</source>
        <translation>声音的录音</translation>
    </message>
    <message>
        <source>A voice that was exported</source>
        <translation>导出的声音</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export the voice</source>
        <translation>导出声音</translation>
    </message>
    <message>
        <source>Recordings ({patterns})</source>
        <translation>录音 ({patterns})</translation>
    </message>
    <message>
        <source>Voices ({patterns})</source>
        <translation>声音 ({patterns})</translation>
    </message>
</context>
<context>
    <name>VoiceIntake</name>
    <message>
        <source>If the best part comes later, cut it out with another program.</source>
        <translation>如果最好的部分在后面，请先用别的程序剪出来。</translation>
    </message>
    <message>
        <source>Only the first {minutes} minutes of the file were read.</source>
        <translation>只读取了文件的前 {minutes} 分钟。</translation>
    </message>
</context>
<context>
    <name>VoiceKeeper</name>
    <message>
        <source>My voice</source>
        <translation>我的声音</translation>
    </message>
    <message>
        <source>Only {name} was opened: one recording at a time.</source>
        <translation>只打开了 {name}：一次只能打开一段录音。</translation>
    </message>
</context>
<context>
    <name>VoiceList</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search voices</source>
        <translation>搜索声音</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>reads chat</source>
        <translation>正在朗读弹幕</translation>
    </message>
    <message>
        <source>starter voice</source>
        <translation>自带声音</translation>
    </message>
    <message>
        <source>chosen for chat</source>
        <translation>已选来朗读弹幕</translation>
    </message>
</context>
<context>
    <name>VoiceManager</name>
    <message>
        <source>&amp;Import...</source>
        <translation>导入(&amp;I)...</translation>
    </message>
    <message>
        <source>&amp;New voice</source>
        <translation>新建声音(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Record...</source>
        <translation>录音(&amp;R)...</translation>
    </message>
    <message>
        <source>Adds a voice that was exported</source>
        <translation>添加一个导出的声音</translation>
    </message>
    <message>
        <source>From a &amp;file...</source>
        <translation>从文件(&amp;F)...</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>声音</translation>
    </message>
</context>
<context>
    <name>VoiceMenu</name>
    <message>
        <source>&amp;Voice</source>
        <translation>声音(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Embedded</source>
        <translation>内置(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;F5, cloned</source>
        <translation>F5 克隆(&amp;F)</translation>
    </message>
    <message>
        <source>F5 model by &amp;hand...</source>
        <translation>手动选择 F5 模型(&amp;H)...</translation>
    </message>
    <message>
        <source>Manage &amp;models...</source>
        <translation>管理模型(&amp;M)...</translation>
    </message>
    <message>
        <source>Manage &amp;voices...</source>
        <translation>管理声音(&amp;V)...</translation>
    </message>
</context>
<context>
    <name>VoiceNotices</name>
    <message>
        <source>The F5 voice is loading.</source>
        <translation>F5 声音正在加载。</translation>
    </message>
    <message>
        <source>The embedded voice said it.</source>
        <translation>这条消息由内置声音读出。</translation>
    </message>
    <message>
        <source>The embedded voice speaks meanwhile.</source>
        <translation>在此期间由内置声音朗读。</translation>
    </message>
    <message>
        <source>The embedded voice speaks; the next try is in {seconds} s.</source>
        <translation>现由内置声音朗读；{seconds} 秒后重试。</translation>
    </message>
    <message>
        <source>The embedded voice speaks. The F5 voice comes back with a restart.</source>
        <translation>现由内置声音朗读。重启应用后 F5 声音恢复。</translation>
    </message>
</context>
<context>
    <name>VoicePage</name>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Use this voice</source>
        <translation>使用这个声音(&amp;U)</translation>
    </message>
    <message>
        <source>Chat is read in this voice from now on</source>
        <translation>从现在起用这个声音朗读弹幕</translation>
    </message>
    <message>
        <source>Forgets what isn't saved</source>
        <translation>放弃没有保存的更改</translation>
    </message>
    <message>
        <source>R&amp;evert</source>
        <translation>还原(&amp;E)</translation>
    </message>
</context>
<context>
    <name>VoiceTerms</name>
    <message>
        <source>Li&amp;cence note</source>
        <translation>许可说明(&amp;C)</translation>
    </message>
    <message>
        <source>Only clone a voice whose owner allowed it, or your own. The answer is kept with the voice and goes along when it is exported.</source>
        <translation>只克隆本人允许的声音，或你自己的声音。这个回答与声音一起保存，导出时也会带上。</translation>
    </message>
    <message>
        <source>Ready &amp;from the start of the application</source>
        <translation>应用启动时就准备好(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;peed</source>
        <translation>语速(&amp;P)</translation>
    </message>
    <message>
        <source>The person who is heard a&amp;greed to be cloned</source>
        <translation>说话的人同意克隆自己的声音(&amp;G)</translation>
    </message>
    <message>
        <source>What may be done with it, such as CC0</source>
        <translation>允许怎样使用，例如 CC0</translation>
    </message>
</context>
<context>
    <name>VoiceTrial</name>
    <message>
        <source>Chec&amp;k against</source>
        <translation>对比(&amp;K)</translation>
    </message>
    <message>
        <source>S&amp;wap</source>
        <translation>交换(&amp;W)</translation>
    </message>
    <message>
        <source>Says the sentence in the other voice</source>
        <translation>用另一个声音说这句话</translation>
    </message>
    <message>
        <source>Says the sentence in this voice</source>
        <translation>用这个声音说这句话</translation>
    </message>
    <message>
        <source>Shows the other voice, to compare with this</source>
        <translation>显示另一个声音，并与这个对比</translation>
    </message>
    <message>
        <source>Try &amp;A</source>
        <translation>试听 A(&amp;A)</translation>
    </message>
    <message>
        <source>Try &amp;B</source>
        <translation>试听 B(&amp;B)</translation>
    </message>
    <message>
        <source>Voice to compare with</source>
        <translation>用来对比的声音</translation>
    </message>
    <message>
        <source>W&amp;hat to say</source>
        <translation>试听文本(&amp;H)</translation>
    </message>
    <message>
        <source>What to say</source>
        <translation>试听文本</translation>
    </message>
</context>
<context>
    <name>Waveform</name>
    <message>
        <source>Arrow keys move it, with Shift its end, with Ctrl its beginning.</source>
        <translation>方向键移动所选部分，按住 Shift 移动结尾，按住 Ctrl 移动开头。</translation>
    </message>
    <message>
        <source>Drag the edges.</source>
        <translation>拖动两边。</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>There is no recording yet</source>
        <translation>还没有录音</translation>
    </message>
    <message>
        <source>{start} to {end} of {total} seconds is the reference</source>
        <translation>参考部分为 {start} 到 {end} 秒，共 {total} 秒</translation>
    </message>
</context>
<context>
    <name>Windows</name>
    <message>
        <source>A recording is played</source>
        <translation>播放录音</translation>
    </message>
</context>
<context>
    <name>VoiceDictation</name>
    <message>
        <source>It works on this machine; the recording stays here.</source>
        <translation>识别在本机进行，录音不会外传。</translation>
    </message>
    <message>
        <source>The recogniser has to be downloaded first: {size}. Download it?</source>
        <translation>需要先下载语音识别模型：{size}。现在下载吗？</translation>
    </message>
    <message>
        <source>Transcribe</source>
        <translation>转写</translation>
    </message>
</context>
<context>
    <name>VoiceOutside</name>
    <message>
        <source>Another program changed this voice meanwhile.</source>
        <translation>另一个程序在此期间更改了这个声音。</translation>
    </message>
    <message>
        <source>Revert shows it as it is now.</source>
        <translation>点“还原”可显示它现在的样子。</translation>
    </message>
    <message>
        <source>Another program removed {name}.</source>
        <translation>另一个程序删除了 {name}。</translation>
    </message>
    <message>
        <source>What you see is all there is of it: save it anew.</source>
        <translation>它现在只在这个窗口里：请重新保存。</translation>
    </message>
    <message>
        <source>The menu can bring back what was removed last.</source>
        <translation>可以用菜单找回最近删除的声音。</translation>
    </message>
</context>
<context>
    <name>EngineLine</name>
    <message>
        <source>The F5 voice is loading: until then you hear the embedded voice.</source>
        <translation>F5 声音正在加载：在此之前听到的是内置声音。</translation>
    </message>
    <message>
        <source>The F5 voice needs a restart: what you hear is the embedded voice.</source>
        <translation>F5 声音需要重启应用：现在听到的是内置声音。</translation>
    </message>
    <message>
        <source>The F5 voice isn't ready: what you hear is the embedded voice.</source>
        <translation>F5 声音尚未就绪：现在听到的是内置声音。</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Switch to F&amp;5</source>
        <translation>切换到 F5(&amp;5)</translation>
    </message>
    <message>
        <source>Manage models...</source>
        <translation>管理模型...</translation>
    </message>
</context>
<context>
    <name>MessageMenus</name>
    <message>
        <source>&amp;As the rules say</source>
        <translation>按规则(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Block {name}</source>
        <translation>拉黑 {name}(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Embedded</source>
        <translation>内置声音(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Mute {name}</source>
        <translation>临时静默 {name}(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Read this</source>
        <translation>念这条(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Say again</source>
        <translation>再念一遍(&amp;S)</translation>
    </message>
    <message>
        <source>Choose a &amp;voice for {name}</source>
        <translation>为 {name} 选择声音(&amp;V)</translation>
    </message>
    <message>
        <source>Copy &amp;text</source>
        <translation>复制文字(&amp;T)</translation>
    </message>
    <message>
        <source>Give {name} a &amp;nickname...</source>
        <translation>给 {name} 取昵称(&amp;N)...</translation>
    </message>
    <message>
        <source>Un&amp;block {name}</source>
        <translation>取消拉黑 {name}(&amp;B)</translation>
    </message>
    <message>
        <source>Un&amp;mute {name}</source>
        <translation>取消静默 {name}(&amp;M)</translation>
    </message>
    <message>
        <source>{voice} (missing)</source>
        <translation>{voice}（已不存在）</translation>
    </message>
</context>
<context>
    <name>MoreMenu</name>
    <message>
        <source>&amp;Read selected message</source>
        <translation>念选中的消息(&amp;R)</translation>
    </message>
    <message>
        <source>Readin&amp;g rules...</source>
        <translation>朗读规则(&amp;G)...</translation>
    </message>
    <message>
        <source>Say the last &amp;again</source>
        <translation>再念上一条(&amp;A)</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Blocked {name}.</source>
        <translation>已拉黑 {name}。</translation>
    </message>
    <message>
        <source>Mute one of them from the list.</source>
        <translation>请在列表里选其中一人临时静默。</translation>
    </message>
    <message>
        <source>Muted {name}.</source>
        <translation>已临时静默 {name}。</translation>
    </message>
    <message>
        <source>Nobody's message is spoken now, so nobody was muted.</source>
        <translation>现在没有在念谁的消息，所以没有静默任何人。</translation>
    </message>
    <message>
        <source>Several people said what is spoken now.</source>
        <translation>正在念的这句话有好几个人说过。</translation>
    </message>
    <message>
        <source>{name} has a voice of their own now.</source>
        <translation>{name} 现在有自己的声音了。</translation>
    </message>
    <message>
        <source>{name} has no nickname now.</source>
        <translation>{name} 现在没有昵称了。</translation>
    </message>
    <message>
        <source>{name} has no voice of their own now.</source>
        <translation>{name} 现在没有自己的声音了。</translation>
    </message>
    <message>
        <source>{name} is called “{nickname}” now.</source>
        <translation>现在称呼 {name} 为“{nickname}”。</translation>
    </message>
    <message>
        <source>{name} is muted already.</source>
        <translation>{name} 已经被临时静默。</translation>
    </message>
    <message>
        <source>{name} is muted no more.</source>
        <translation>已取消静默 {name}。</translation>
    </message>
    <message>
        <source>{name} is blocked already.</source>
        <translation>{name} 已经被拉黑。</translation>
    </message>
    <message>
        <source>{name} is blocked no more.</source>
        <translation>已取消拉黑 {name}。</translation>
    </message>
</context>
<context>
    <name>MuteAction</name>
    <message>
        <source>&amp;Mute who is heard</source>
        <translation>临时静默正在念的人(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Mute {name}</source>
        <translation>临时静默 {name}(&amp;M)</translation>
    </message>
</context>
<context>
    <name>CastingPage</name>
    <message>
        <source>Voices</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>The chosen voice</source>
        <translation>所选的声音</translation>
    </message>
    <message>
        <source>No voice of its own</source>
        <translation>没有专用声音</translation>
    </message>
    <message>
        <source>The voice of the message</source>
        <translation>与消息相同的声音</translation>
    </message>
    <message>
        <source>For one viewer</source>
        <translation>某位观众</translation>
    </message>
    <message>
        <source>The first that fits speaks: viewer, the viewer's choice, role, language, then one by chance.</source>
        <translation>由最先符合的声音来读：观众、观众自选、身份、语言，最后随机。</translation>
    </message>
    <message>
        <source>Voices of viewers</source>
        <translation>观众的声音</translation>
    </message>
    <message>
        <source>Login or name</source>
        <translation>登录名或名字</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>For roles</source>
        <translation>各种身份</translation>
    </message>
    <message>
        <source>Voices of roles</source>
        <translation>各身份的声音</translation>
    </message>
    <message>
        <source>For all others</source>
        <translation>其他所有人</translation>
    </message>
    <message>
        <source>Voices of languages</source>
        <translation>各语言的声音</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Each viewer gets one of these, and keeps it.</source>
        <translation>每位观众分到其中一个，以后不变。</translation>
    </message>
    <message>
        <source>Viewers choose</source>
        <translation>观众自选</translation>
    </message>
    <message>
        <source>By the command</source>
        <translation>使用命令</translation>
    </message>
    <message>
        <source>Followed by the name of a voice. Empty: nobody can choose.</source>
        <translation>后面写声音的名字。留空：谁都不能选。</translation>
    </message>
    <message>
        <source>Out of these</source>
        <translation>可选的声音</translation>
    </message>
    <message>
        <source>Nothing ticked: there is nothing to choose.</source>
        <translation>一个都不勾选：没有可选的声音。</translation>
    </message>
    <message>
        <source>For names</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Names are said by</source>
        <translation>名字由谁来读</translation>
    </message>
    <message>
        <source>The author's name in a voice of its own.</source>
        <translation>用单独的声音读作者的名字。</translation>
    </message>
    <message>
        <source>Paid messages</source>
        <translation>付费消息</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Moderators</source>
        <translation>房管</translation>
    </message>
    <message>
        <source>VIPs</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Subscribers</source>
        <translation>订阅者</translation>
    </message>
    <message>
        <source>{voice} (missing)</source>
        <translation>{voice}（已缺失）</translation>
    </message>
    <message>
        <source>{language} (never recognised)</source>
        <translation>{language}（无法识别）</translation>
    </message>
</context>
<context>
    <name>RuleExchange</name>
    <message>
        <source>Imported from {file}.</source>
        <translation>已从 {file} 导入。</translation>
    </message>
    <message>
        <source>{file} changes nothing.</source>
        <translation>{file} 不会改变任何设置。</translation>
    </message>
    <message>
        <source>Exported to {file}.</source>
        <translation>已导出到 {file}。</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>{name}: changed.</source>
        <translation>{name}：已更改。</translation>
    </message>
    <message>
        <source>{name}: {value}.</source>
        <translation>{name}：{value}。</translation>
    </message>
</context>
<context>
    <name>CheckField</name>
    <message>
        <source>{name}: on.</source>
        <translation>{name}：开。</translation>
    </message>
    <message>
        <source>{name}: off.</source>
        <translation>{name}：关。</translation>
    </message>
</context>
<context>
    <name>RuleDialogs</name>
    <message>
        <source>Rules that were exported</source>
        <translation>导出的规则</translation>
    </message>
    <message>
        <source>Export the rules</source>
        <translation>导出规则</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Rules ({patterns})</source>
        <translation>规则 ({patterns})</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Un&amp;do</source>
        <translation>撤销(&amp;D)</translation>
    </message>
    <message>
        <source>R&amp;edo</source>
        <translation>重做(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Changes apply at once.</source>
        <translation>更改立即生效。</translation>
    </message>
    <message>
        <source>Taken back: {change}</source>
        <translation>已撤销：{change}</translation>
    </message>
</context>
<context>
    <name>GateMeter</name>
    <message>
        <source>Level of the microphone</source>
        <translation>麦克风电平</translation>
    </message>
</context>
<context>
    <name>GatePage</name>
    <message>
        <source>Voice gate</source>
        <translation>语音门</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>So that you and the voice don't talk at the same time.</source>
        <translation>避免你和语音同时说话。</translation>
    </message>
    <message>
        <source>While you talk</source>
        <translation>你说话时</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>电平</translation>
    </message>
    <message>
        <source>Talk begins above</source>
        <translation>高于此值算说话</translation>
    </message>
    <message>
        <source>Above the noise of your room, below your voice: the line in the meter.</source>
        <translation>高于房间噪声，低于你的声音：电平条上的竖线。</translation>
    </message>
    <message>
        <source>It ends below that by</source>
        <translation>比它低多少算停下</translation>
    </message>
    <message>
        <source>So that a quiet syllable doesn't end it.</source>
        <translation>这样轻声的音节不会被当成停下。</translation>
    </message>
    <message>
        <source>Loud for at least</source>
        <translation>至少持续</translation>
    </message>
    <message>
        <source>A click or a key isn't talk.</source>
        <translation>点击声和按键声不算说话。</translation>
    </message>
    <message>
        <source>Over after a silence of</source>
        <translation>安静多久算说完</translation>
    </message>
    <message>
        <source>You may draw breath.</source>
        <translation>你可以换口气。</translation>
    </message>
    <message>
        <source>Quieter by</source>
        <translation>降低音量</translation>
    </message>
    <message>
        <source>Hold at most</source>
        <translation>最多等待</translation>
    </message>
    <message>
        <source>Then something is read although you still talk.</source>
        <translation>之后即使你还在说话也会继续读。</translation>
    </message>
    <message>
        <source>There is no sound device here, so there is nothing to listen to.</source>
        <translation>这里没有音频设备，所以无法收听。</translation>
    </message>
    <message>
        <source>Go on as if nothing was</source>
        <translation>照常朗读</translation>
    </message>
    <message>
        <source>Begin nothing new</source>
        <translation>不开始新的消息</translation>
    </message>
    <message>
        <source>Speak more quietly</source>
        <translation>小声朗读</translation>
    </message>
    <message>
        <source>The default microphone</source>
        <translation>默认麦克风</translation>
    </message>
    <message>
        <source>Nothing is heard from the microphone yet.</source>
        <translation>还没有听到麦克风的声音。</translation>
    </message>
    <message>
        <source>You talk.</source>
        <translation>你在说话。</translation>
    </message>
    <message>
        <source>You are silent.</source>
        <translation>你没有说话。</translation>
    </message>
</context>
<context>
    <name>ImportOffer</name>
    <message>
        <source>{file} changes this: {changes}</source>
        <translation>{file} 将更改：{changes}</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Take &amp;over</source>
        <translation>采用(&amp;O)</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>And {number} more.</source>
        <translation>还有 {number} 项。</translation>
    </message>
</context>
<context>
    <name>LinesField</name>
    <message>
        <source>{name}: {added} added, {removed} removed.</source>
        <translation>{name}：添加了 {added} 项，移除了 {removed} 项。</translation>
    </message>
    <message>
        <source>{name}: {removed} removed.</source>
        <translation>{name}：移除了 {removed} 项。</translation>
    </message>
    <message>
        <source>{name}: {added} added.</source>
        <translation>{name}：添加了 {added} 项。</translation>
    </message>
    <message>
        <source>In the list: {number}</source>
        <translation>列表中：{number}</translation>
    </message>
</context>
<context>
    <name>LoadPage</name>
    <message>
        <source>When chat is fast</source>
        <translation>弹幕很快时</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>What gives way</source>
        <translation>取舍</translation>
    </message>
    <message>
        <source>When more is written than can be said, this happens, one after the other.</source>
        <translation>弹幕多到读不完时，依次采取以下措施。</translation>
    </message>
    <message>
        <source>Leave names out</source>
        <translation>不读名字</translation>
    </message>
    <message>
        <source>The message alone is heard, without its author.</source>
        <translation>只读消息，不读作者。</translation>
    </message>
    <message>
        <source>Speak faster by</source>
        <translation>加快语速</translation>
    </message>
    <message>
        <source>The voice hurries a little until it caught up.</source>
        <translation>语音稍微加快，直到跟上。</translation>
    </message>
    <message>
        <source>Don't</source>
        <translation>不加快</translation>
    </message>
    <message>
        <source>Say the same thing once</source>
        <translation>相同的话只读一次</translation>
    </message>
    <message>
        <source>Ten GG become "10 people say GG".</source>
        <translation>十条 GG 读成“10个人说GG”。</translation>
    </message>
    <message>
        <source>Read some of many</source>
        <translation>只读其中一部分</translation>
    </message>
    <message>
        <source>Messages that can't be said in time are left out. Paid ones and moderators are always read.</source>
        <translation>来不及读的消息会被略过。付费消息和房管的消息总会读。</translation>
    </message>
    <message>
        <source>Say how many were left out</source>
        <translation>说出略过了多少</translation>
    </message>
    <message>
        <source>At most once a minute: "and 42 more".</source>
        <translation>每分钟最多一次：“还有42条”。</translation>
    </message>
    <message>
        <source>Fresh means</source>
        <translation>新鲜的时限</translation>
    </message>
    <message>
        <source>What waits longer makes room for newer messages.</source>
        <translation>等得更久的给更新的消息让位。</translation>
    </message>
    <message>
        <source>One viewer gets at most</source>
        <translation>一位观众最多占</translation>
    </message>
    <message>
        <source>Of what was said in the last minute.</source>
        <translation>占最近一分钟朗读内容的比例。</translation>
    </message>
    <message>
        <source>What waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Longest queue</source>
        <translation>队列上限</translation>
    </message>
    <message>
        <source>In seconds of speech. A paid message always fits.</source>
        <translation>以朗读的秒数计。付费消息总能进入。</translation>
    </message>
    <message>
        <source>Too old after</source>
        <translation>多久算过时</translation>
    </message>
    <message>
        <source>What waited longer isn't said at all.</source>
        <translation>等得更久的不再朗读。</translation>
    </message>
    <message>
        <source>Wait for moderators</source>
        <translation>等待房管</translation>
    </message>
    <message>
        <source>Nothing is said sooner, so that they can delete it first.</source>
        <translation>在此之前不朗读，让房管有时间删除。</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>不等待</translation>
    </message>
    <message>
        <source>Silence between two</source>
        <translation>两条之间的停顿</translation>
    </message>
    <message>
        <source>It is shorter when chat is fast.</source>
        <translation>弹幕很快时会缩短。</translation>
    </message>
</context>
<context>
    <name>MutedField</name>
    <message>
        <source>Nobody is muted.</source>
        <translation>没有人被静默。</translation>
    </message>
    <message>
        <source>&amp;Unmute</source>
        <translation>取消静默(&amp;U)</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>People</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Who isn't read</source>
        <translation>不读谁</translation>
    </message>
    <message>
        <source>Blocked users</source>
        <translation>黑名单</translation>
    </message>
    <message>
        <source>By login or name, one a line. They stay blocked.</source>
        <translation>登录名或名字，每行一个。会一直保留。</translation>
    </message>
    <message>
        <source>Muted users</source>
        <translation>临时静默的用户</translation>
    </message>
    <message>
        <source>Until the application ends. Nobody is muted for good.</source>
        <translation>到程序退出为止，不会永久静默。</translation>
    </message>
    <message>
        <source>Bots</source>
        <translation>机器人</translation>
    </message>
    <message>
        <source>One a line. They are read only if you allow bots.</source>
        <translation>每行一个。只有允许机器人时才会读。</translation>
    </message>
    <message>
        <source>What viewers are called</source>
        <translation>观众的称呼</translation>
    </message>
    <message>
        <source>Nicknames</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>A name that can't be said well gets another one. An empty one isn't said.</source>
        <translation>给不好读的名字另取称呼。留空则不读名字。</translation>
    </message>
    <message>
        <source>Login or name</source>
        <translation>登录名或名字</translation>
    </message>
    <message>
        <source>Is called</source>
        <translation>称呼</translation>
    </message>
</context>
<context>
    <name>PrivateField</name>
    <message>
        <source>One more, unseen</source>
        <translation>再加一个，不显示</translation>
    </message>
    <message>
        <source>A private word to add, unseen</source>
        <translation>要添加的私密词，不显示</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>添加(&amp;A)</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>显示(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>隐藏(&amp;H)</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>{number} hidden</source>
        <translation>已隐藏 {number} 个</translation>
    </message>
</context>
<context>
    <name>ReadPage</name>
    <message>
        <source>What is read</source>
        <translation>读什么</translation>
    </message>
    <message>
        <source>Who is read</source>
        <translation>读谁</translation>
    </message>
    <message>
        <source>Read chat from</source>
        <translation>读谁的弹幕</translation>
    </message>
    <message>
        <source>Only messages that mention you</source>
        <translation>只读提到你的消息</translation>
    </message>
    <message>
        <source>A message without your name in it stays silent.</source>
        <translation>没有提到你名字的消息不读。</translation>
    </message>
    <message>
        <source>Only paid messages</source>
        <translation>只读付费消息</translation>
    </message>
    <message>
        <source>Bits and rewards of channel points are read, nothing else.</source>
        <translation>只读 Bits 和频道积分奖励，其他不读。</translation>
    </message>
    <message>
        <source>First message of a viewer</source>
        <translation>观众的第一条消息</translation>
    </message>
    <message>
        <source>Read bots</source>
        <translation>读机器人</translation>
    </message>
    <message>
        <source>Who counts as a bot is on the page People.</source>
        <translation>哪些算机器人，见“用户”页。</translation>
    </message>
    <message>
        <source>Read shared chat</source>
        <translation>读共享聊天</translation>
    </message>
    <message>
        <source>What viewers of another channel write while you stream together.</source>
        <translation>联合直播时其他频道观众写的内容。</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>个字符</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Which messages</source>
        <translation>哪些消息</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Not if shorter than</source>
        <translation>不读短于</translation>
    </message>
    <message>
        <source>Not if longer than</source>
        <translation>不读长于</translation>
    </message>
    <message>
        <source>Cut off after</source>
        <translation>截断于</translation>
    </message>
    <message>
        <source>Of a longer message the beginning is said.</source>
        <translation>更长的消息只读开头。</translation>
    </message>
    <message>
        <source>Read commands</source>
        <translation>读命令</translation>
    </message>
    <message>
        <source>Lines that begin with !, which are for bots.</source>
        <translation>以 ! 开头、写给机器人的内容。</translation>
    </message>
    <message>
        <source>Say subscriptions, raids and gifts</source>
        <translation>读订阅、突袭和礼物</translation>
    </message>
    <message>
        <source>The platform's own sentence, with what the viewer added.</source>
        <translation>平台的提示语，以及观众附加的话。</translation>
    </message>
    <message>
        <source>How often</source>
        <translation>频率</translation>
    </message>
    <message>
        <source>One viewer at most every</source>
        <translation>同一观众的间隔</translation>
    </message>
    <message>
        <source>What comes sooner isn't said.</source>
        <translation>间隔更短的不读。</translation>
    </message>
    <message>
        <source>As often as they write</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The same text again after</source>
        <translation>相同内容的间隔</translation>
    </message>
    <message>
        <source>From the same viewer; against spam.</source>
        <translation>同一观众；防止刷屏。</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Subscribers and above</source>
        <translation>订阅者及以上</translation>
    </message>
    <message>
        <source>VIPs and above</source>
        <translation>VIP 及以上</translation>
    </message>
    <message>
        <source>Moderators and you</source>
        <translation>房管和你</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>只有你</translation>
    </message>
    <message>
        <source>Like any other</source>
        <translation>和其他消息一样</translation>
    </message>
    <message>
        <source>Say it before others</source>
        <translation>优先朗读</translation>
    </message>
    <message>
        <source>Don't say it</source>
        <translation>不读</translation>
    </message>
    <message>
        <source>Nothing ticked: every language is read. So is a line that is too short to tell.</source>
        <translation>都不勾选：所有语言都念。太短而无法判断语言的消息也会念。</translation>
    </message>
</context>
<context>
    <name>RowsField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{name}: {removed} removed.</source>
        <translation>{name}：移除了 {removed} 项。</translation>
    </message>
    <message>
        <source>{name}: {added} added.</source>
        <translation>{name}：添加了 {added} 项。</translation>
    </message>
    <message>
        <source>Search in: {name}</source>
        <translation>搜索：{name}</translation>
    </message>
    <message>
        <source>{name}: add</source>
        <translation>{name}：添加</translation>
    </message>
    <message>
        <source>{name}: remove</source>
        <translation>{name}：移除</translation>
    </message>
</context>
<context>
    <name>SayingsPage</name>
    <message>
        <source>Pronunciations</source>
        <translation>读法</translation>
    </message>
    <message>
        <source>Your dictionary</source>
        <translation>你的词典</translation>
    </message>
    <message>
        <source>Words said otherwise</source>
        <translation>另有读法的词</translation>
    </message>
    <message>
        <source>What is written is said as you spell it; nothing spelt, nothing said.</source>
        <translation>按你填写的读法来读；读法留空则不读。</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>读作</translation>
    </message>
    <message>
        <source>In the language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Hear &amp;it</source>
        <translation>试听(&amp;I)</translation>
    </message>
    <message>
        <source>Know the slang of chat</source>
        <translation>懂弹幕用语</translation>
    </message>
    <message>
        <source>GG, LOL, 666, awsl and their like are said as people mean them.</source>
        <translation>GG、LOL、666、awsl 之类按大家的意思来读。</translation>
    </message>
    <message>
        <source>Emotes, emoji and links</source>
        <translation>表情、emoji 和链接</translation>
    </message>
    <message>
        <source>Emotes</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Know the emotes of other services</source>
        <translation>识别其他服务的表情</translation>
    </message>
    <message>
        <source>7TV, BetterTTV and FrankerFaceZ: their public lists are asked which words are emotes in your channel.</source>
        <translation>7TV、BetterTTV 和 FrankerFaceZ：查询它们的公开列表，了解哪些词在你的频道是表情。</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>emoji</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Say who wrote</source>
        <translation>读出作者</translation>
    </message>
    <message>
        <source>Name again after</source>
        <translation>再次读名字的间隔</translation>
    </message>
    <message>
        <source>While the same viewer goes on writing.</source>
        <translation>同一观众接着写时。</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>In these words</source>
        <translation>措辞</translation>
    </message>
    <message>
        <source>With {name} and {text}. Empty: as the language has it.</source>
        <translation>用 {name} 和 {text}。留空：按各语言的习惯。</translation>
    </message>
    <message>
        <source>{name} says {text}</source>
        <translation>{name} 说 {text}</translation>
    </message>
    <message>
        <source>Every language</source>
        <translation>所有语言</translation>
    </message>
    <message>
        <source>Say nothing</source>
        <translation>不读</translation>
    </message>
    <message>
        <source>Say the first one</source>
        <translation>读第一个</translation>
    </message>
    <message>
        <source>Say each, and how often</source>
        <translation>读每一个和次数</translation>
    </message>
    <message>
        <source>Say their names</source>
        <translation>读它们的名字</translation>
    </message>
    <message>
        <source>Say "link"</source>
        <translation>读“链接”</translation>
    </message>
</context>
<context>
    <name>TryLine</name>
    <message>
        <source>&amp;Try a line</source>
        <translation>试一句(&amp;T)</translation>
    </message>
    <message>
        <source>What a viewer might write</source>
        <translation>观众可能写的话</translation>
    </message>
    <message>
        <source>A line to try</source>
        <translation>要试的一句</translation>
    </message>
    <message>
        <source>Who writes it</source>
        <translation>谁写的</translation>
    </message>
    <message>
        <source>Hea&amp;r</source>
        <translation>试听(&amp;R)</translation>
    </message>
    <message>
        <source>A viewer</source>
        <translation>观众</translation>
    </message>
    <message>
        <source>A subscriber</source>
        <translation>订阅者</translation>
    </message>
    <message>
        <source>A VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>A moderator</source>
        <translation>房管</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Somebody who paid</source>
        <translation>付费的人</translation>
    </message>
    <message>
        <source>What would be said of it stands here.</source>
        <translation>这里显示会怎么读。</translation>
    </message>
    <message>
        <source>{language}, about {seconds} s</source>
        <translation>{language}，约 {seconds} 秒</translation>
    </message>
    <message>
        <source>Not read.</source>
        <translation>不读。</translation>
    </message>
    <message>
        <source>What would be said</source>
        <translation>会怎么读</translation>
    </message>
</context>
<context>
    <name>VoiceField</name>
    <message>
        <source>{voice} (missing)</source>
        <translation>{voice}（已缺失）</translation>
    </message>
</context>
<context>
    <name>VoicesField</name>
    <message>
        <source>{voice} (missing)</source>
        <translation>{voice}（已缺失）</translation>
    </message>
</context>
<context>
    <name>ReadingWindow</name>
    <message>
        <source>Reading</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Paused: it is said when you resume.</source>
        <translation>已暂停：继续朗读后才会念。</translation>
    </message>
    <message>
        <source>Silenced. Nothing is said until you release it.</source>
        <translation>已静音。解除之前什么都不会念。</translation>
    </message>
</context>
<context>
    <name>WordsPage</name>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Blocked words</source>
        <translation>屏蔽词</translation>
    </message>
    <message>
        <source>Harmless words that would be caught, such as Scunthorpe. One a line.</source>
        <translation>会被误伤的无害词，例如 Scunthorpe。每行一个。</translation>
    </message>
    <message>
        <source>Private words</source>
        <translation>私密词</translation>
    </message>
    <message>
        <source>Your name, your town, your school: no message with one of these is said, not even one that you select. They are kept apart from the rules, are never exported, and stay hidden here, because your viewers may see this window.</source>
        <translation>你的名字、城市、学校：含有其中任何一个的消息都不读，你选中的也不读。它们与规则分开保存，从不导出，并且在这里保持隐藏，因为观众可能看到这个窗口。</translation>
    </message>
    <message>
        <source>What isn't said</source>
        <translation>不读的内容</translation>
    </message>
    <message>
        <source>No message with one of these is read. One a line; paste as many as you like. Whole words are meant; bad* is also badly, *bad* is anywhere. Tricks such as b.a.d, B4D or wide letters are seen through.</source>
        <translation>含有这些词的消息都不读。每行一个，可以一次粘贴很多。按整词匹配；bad* 也包括 badly，*bad* 可在任何位置。b.a.d、B4D、全角字母之类的花招也能识破。</translation>
    </message>
    <message>
        <source>Allowed words</source>
        <translation>允许的词</translation>
    </message>
    <message>
        <source>What you keep to yourself</source>
        <translation>保密的内容</translation>
    </message>
</context>
<context>
    <name>Contents</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>I&amp;mport...</source>
        <translation>导入(&amp;M)...</translation>
    </message>
    <message>
        <source>Takes rules from a file</source>
        <translation>从文件读取规则</translation>
    </message>
    <message>
        <source>E&amp;xport...</source>
        <translation>导出(&amp;X)...</translation>
    </message>
    <message>
        <source>Writes the rules to a file, without private words</source>
        <translation>把规则写入文件，不含私密词</translation>
    </message>
</context>
<context>
    <name>StandingNotices</name>
    <message>
        <source>The volume is 0: nothing can be heard.</source>
        <translation>音量为 0：什么也听不到。</translation>
    </message>
    <message>
        <source>Turn it up in the window.</source>
        <translation>请在窗口中调高音量。</translation>
    </message>
    <message>
        <source>Paused. Chat waits, and is dropped once it is too old.</source>
        <translation>已暂停。弹幕在等待，过时的会被丢弃。</translation>
    </message>
</context>
<context>
    <name>RuleImport</name>
    <message>
        <source>Rules imported from {file}.</source>
        <translation>已从 {file} 导入规则。</translation>
    </message>
</context>
<context>
    <name>LanguagesField</name>
    <message>
        <source>{language} (never recognised)</source>
        <translation>{language}（无法识别）</translation>
    </message>
</context>
</TS>
