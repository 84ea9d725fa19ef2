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
</context>
<context>
    <name>ChatView</name>
    <message>
        <source>&amp;Read this</source>
        <translation>朗读这条(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
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
    <message>
        <source>&amp;Mute {name}</source>
        <translation>屏蔽 {name}(&amp;M)</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>Hello! This is the voice that reads your chat. Have a great stream.</source>
        <translation>你好！这就是朗读弹幕的声音。祝你直播顺利。</translation>
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
    <name>MainWindow</name>
    <message>
        <source>iShowTTS Desktop</source>
        <translation>iShowTTS Desktop</translation>
    </message>
    <message>
        <source>The folder of the F5 model</source>
        <translation>F5 模型所在的文件夹</translation>
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
        <translation>你屏蔽了作者。</translation>
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
        <source>F5 &amp;model...</source>
        <translation>F5 模型(&amp;M)...</translation>
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
</TS>
