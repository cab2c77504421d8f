// 界面文字。键与 en.ts 一一对应；用词与关爱词表一致。
import door from './door.zh';
import vocabulary from './zh.vocabulary';

export default {
  ...door,
  ...vocabulary,
  menu: { alerts: '警情', rounds: '走访', residents: '居民', reports: '报表', operators: '运维', accounts: '账号', audit: '审计', me: '我的', more: '更多' },
  common: {
    call: '打电话', callWho: '打电话给{name}', cancel: '取消', change: '修改', close: '关闭', colon: '：', yes: '是', no: '否', comma: '、', stop: '。', from: '开始日期',
    loadMore: '再看更多', loading: '正在读取', loose: '松开即刷新', navigate: '导航', navigateTo: '导航到{address}', never: '从未',
    noPhone: '没有号码', pull: '下拉刷新', refusedPlain: '没有办成',
    save: '保存', saved: '已保存', until: '结束日期',
  },
  live: {
    broken: '实时连接断了，正在重连', polling: '实时连接不通，每 10 秒刷新一次', offline: '现在没有网络，收不到警情', asOf: '以下是 {at} 的情况', rounds: '走访登记先存在手机里，有网后自动上传',
    unknown: '还没读到警情',
  },
  sound: {
    title: '声音', on: '报警声音', test: '试听', locked: '声音未开启：危急警情不会响铃', allow: '开启声音', muted: '报警声音已关（在“我的”中打开）',
    ringing: '{count} 条危急警情无人签收', silence: '停止响铃', says: '危急（P1）警情会一直响铃、振动，直到有人签收或按“停止响铃”。手机静音时可能听不到。',
  },
  outgoing: {
    title: '手机里的登记', waiting: '{count} 条登记还没上传', refused: '{count} 条登记未被接受，请查看', list: '待上传 {count} 条：',
    send: '现在上传', again: '再传一次', dismiss: '知道了', why: '未被接受：{why}',
  },
  alerts: {
    which: '看哪些', filter: { all: '全部', mine: '我的', past: '以往' }, waiting: '条待签收', waitingCount: '{count} 条待签收', noneWaiting: '没有待签收的警情',
    empty: '没有警情', choose: '请选择一条警情', mine: '由我处理', overdue: '逾期', escalated: '已升级', drill: '演练', onlyADrill: '这是演练：不要出警，不要拨打 119、120。', done: '已办理', cut: '还有 {count} 条较不紧急的没有列出',
    nextTold: '{left} 后通知{roles}', next119: '{left} 后提示是否拨打 119/120',
  },
  alert: {
    title: '警情', back: '警情', who: '何人何处', resident: '老人', todo: '现在做什么', why: '为什么报警', ladder: '经过与下一步',
    call119: '拨打 119', call120: '拨打 120', neverAutomatic: '系统不会自动拨打', more: '更多', moreTitle: '其他操作', reason: '办结原因',
    note: '备注', noteNeeded: '备注（必填）', toWhom: '转给谁', offDuty: '今天不当班', repeats: '又报 {count} 次',
    measured: '测得 {measured}，界限 {limit}', unusual: '对此人来说约 {days} 天才有一次', sources: '依据的 {count} 个传感器',
    reliable: '可信', unreliable: '不可作证', looked: '查看时段 {since} 至 {until}，规则 {rule}',
    in: '{left} 后', now: '现在', willTell: '通知{roles}', ask119: '请{roles}判断是否拨打 119/120', willBe: '转为“{state}”', willBeOverdue: '记为逾期',
    nothingNext: '没有后续步骤', told: '已通知 {roles}', vacant: '无人担任：{roles}',
  },
  verb: { acknowledge: '我来处理', en_route: '已出发', on_site: '已到达', resolve: '处理完毕', close: '办结', reopen: '重开', review: '复核无误', hand_over: '转交他人', i_am_well: '本人平安' },
  advice: {
    fire: '先打电话让老人离开；无人接听立即上门。看到明火或浓烟，先拨 119，不要独自进入。',
    gas: '先打电话：开窗、关阀、不开关电器、离开房间。到场后在门外打电话。闻到燃气味，退到室外拨 119 和燃气公司。',
    sos: '马上打电话问情况；无人接听立即上门。受伤或说不清话，拨 120。',
    silence: '先给老人打电话，再打紧急联系人；都联系不上就上门看看。',
    phone: '请给老人打个电话问候，确认平安。',
    unreached: '多次联系不上。请上门，并联系家属和邻里；敲门无人应答，通知社区负责人。',
    missing: '先给老人打电话，再问家属和邻里；找不到人，通知社区负责人。',
    water: '打电话请老人检查水龙头和地面；无人接听就上门，必要时关总阀。',
    intruder: '此人登记为外出。问问家属是不是有人在家；没有就请人一同上门查看。',
    door: '打电话请老人看看门；无人接听就上门。', device: '请安排检修。设备失效期间，请多打电话问候。', test: '有人按了测试键，不是真实报警。确认后办结即可。',
    self_check: '系统正在询问老人本人。您若已与老人联系上，请按“本人平安”。',
    write_up: '请办结：选择原因，写明经过。', review: '请复核办结是否妥当；有疑问就重开。', over: '此事已了结，不需要再做什么。',
  },
  residents: {
    search: '姓名、地址、电话', count: '{count} 人', empty: '没有找到', choose: '请选择一位居民', age: '{age} 岁', alerts: '{count} 条警情',
    lastSign: '最后活动 {when}', noSign: '还没有活动记录', quota: '访 {v}/{vd} · 电 {c}/{cd}',
  },
  resident: {
    lastSign: '最后活动', quota: '本周探访', bestDelay: '最快多久能发现', delayBy: '{span}（{device}）', noDelay: '没有能反映活动的传感器', sensors: '传感器',
    notCollected: '不采集', policy: '一人一策', policyUsual: '全部按统一规则。', policyAll: '统一规则（{count} 项）', whyValue: '由{layer}设定：', contacts: '探访记录',
    noContacts: '还没有探访记录', counts: '计入本周', countsNot: '不计入', doorDisagrees: '门磁未见开门', history: '这户的警情',
  },
  day: {
    title: '平日与今天', label: '每小时有活动的平日比例与今天的活动', usual: '平日', sign: '今天有活动', none: '今天无活动', now: '现在', today: '今天', hour: '时',
    table: '用表格看', silent: '已安静 {span}，最后活动 {last}', usually: '这样的安静通常在 {half} 前过半结束，{nearly} 前几乎都已结束', ifOn: '若一直安静：{phone} 提醒打电话，{alert} 报警', ifOnPhone: '若一直安静：{phone} 提醒打电话', ifOnAlert: '若一直安静：{alert} 报警',
    learned: '依据此人 {days} 天的作息', learning: '还在学习（{days} 天），暂用固定规则 {presets}',
    judged: { not_watched: '登记为外出，不作判断', no_sign: '还没有过活动迹象', unheard: '没有可信的传感器', out: '现在不在家', unsettled: '刚回家，还未恢复活动', warm_up: '还在学习，暂用固定规则' },
  },
  consent: {
    title: '本人同意', record: '记录同意', kind: '哪类传感器', all: '全部', state: '本人的意思', saidBy: '谁说的', basis: '依据', basisExample: '例如：当面签字、电话录音',
    erases: '保存后立即停止采集，并删除已采集的数据。无法恢复。', save: '保存',
  },
  suspend: {
    title: '暂停探访', reason: '原因', saidBy: '谁说的', approver: '批准人（不能是登记人）', save: '暂停', says: '最长 30 天。暂停期间不判断“无活动”；烟雾、燃气、水浸照常报警。',
    on: '暂停探访：{reason}', until: '{from} 至 {to}，由{by}告知', end: '已返家，恢复探访', ended: '已恢复',
  },
  rounds: {
    title: '今日走访', week: '本周安排', progress: '已完成 {done}/{total}', kept: '手机里的任务，{span}前更新', nothingKept: '没有网络，手机里也没有今天的任务', empty: '今天没有任务',
    done: '已完成 {count} 项', allDone: '今天的走访都完成了，辛苦了！', attempts: '已试 {count} 次', lastContact: '上次联系 {when}', openAlert: '此户有警情', onPhone: '已登记，待上传：{what}',
    begin: '开始上门', record: '登记结果', overdue: '逾期', waiting: '待上传',
  },
  contact: {
    title: '{name} · {what}', wellAll: '平安，各项正常', outcome: '结果', headings: '六项查看（点一下正常，再点有问题）', mark0: '未看', mark1: '正常', mark2: '有问题', missing: '还有 {count} 项未看；缺项的上门不计入本周',
    note: '备注', length: '用时不对？', lengthUnknown: '没有记下用时，知道请填写', minutes: '用时（分钟）', send: '登记', sendIncomplete: '登记（缺项）', undo: '撤回', undone: '已撤回', tooLate: '已经上传，撤不回了', recorded: '已登记：{name} {what}',
    notKept: '手机存储失败，没有登记上，请再试', as: { well: '平安', needs_help: '需要帮助', unreached: '没联系上', refused: '不愿接受', by_other: '他人代答' },
  },
  week: {
    title: '本周安排', before: '上一周', after: '下一周', day: '哪一天', worker: '网格员', nobody: '无人', holiday: '放假', absent: '请假', empty: '没有安排', planned: '已编排', unplanned: '未编排',
    load: '上门 {visits} · 电话 {calls} · {hours} 小时', shortVisits: '缺上门 {count} 次', shortCalls: '缺电话 {count} 次', reason: '原因', toDay: '改到', move: '改期', toWorker: '转给', hand: '转派', cancel: '取消此任务（须写原因）',
    absentOf: '{name}请假', absentSave: '登记请假', back: '已回来上班', done: '已办理',
  },
  weekday: { 0: '周一', 1: '周二', 2: '周三', 3: '周四', 4: '周五', 5: '周六', 6: '周日' },
  reports: {
    week: '周', month: '月', community: '社区', street: '镇街', district: '区', unit: '按周或按月', by: '按哪一级', figure: '哪项指标', before: '前一期', after: '后一期', csv: '下载表格', print: '打印',
    empty: '这一期没有数据', span: '{first} 至 {last}', open: '{week} 尚未结账（{communities}），数字为暂计', chart: '图', table: '表', provisional: '暂计',
    quota: '完成率', reached: '联系上', on_time: '按时率', device_uptime: '设备在线', ack: '签收', arrived: '到场', false: '误报率', missed: '漏访', suspended: '暂停', days: '{count} 天',
    byKind: '按警情种类', kind: '种类', raised: '报警', falseCount: '误报', p50: '时间：上为中位数，下为 90% 在此之内。',
    says: { quota: '应完成的探访中完成的比例；竖线为 95%。', reached: '全部尝试中联系上的比例；竖线为 95%。', on_time: '计划任务在当天完成的比例；竖线为 95%。', device_uptime: '设备可信的时间比例；竖线为 95%。' },
  },
  operators: {
    status: '状态', devices: '设备', proposals: '新设备', rejected: '被拒消息', config: '配置', fine: '一切正常', gateway: '网关', started: '启动于', clock: '时钟', homes: '住户', unrecorded: '未记录同意',
    store: '存储', outbox: '待上送', unacknowledged: '{count} 条未被区平台确认', links: '连接', connected: '已连接', disconnected: '断开', traffic: '收 {received} · 发 {published}', channels: '通知通道', up: '正常', down: '故障',
    sent: '成功 {sent} · 失败 {failed}', find: '住户、设备、地址', onlyBad: '只看异常', noDevices: '没有这样的设备', test: '自检：发一条测试警情', testSays: '走完整条链路，标明为测试，只通知运维。', tested: '自检已发出', drills: '演练',
    messages: '最近的消息', noMessages: '没有消息', noProposals: '没有新设备', heard: '收到 {count} 条', needsKey: '需要密钥', accept: '登记', ignore: '忽略', ignored: '已忽略 {count} 个', show: '重新显示',
    household: '住户编号', deviceId: '设备编号', kind: '类型', kindSeems: '按识别的类型', label: '名称', key: '密钥（32 位十六进制）', noRejected: '没有被拒消息', configFrom: '来自 {source}，不含密钥',
  },
  board: {
    title: '盒子', protects: '正在守护', sensors: '传感器', heard: '{count} 个有上报', silent: '数据过期 {stale} · 离线 {offline} · 故障 {faulty}', up: '已运行', boots: '（开机 {count} 次）', heat: '温度', supply: '供电', weak: '电压不足：换电源', free: '磁盘剩余',
    worn: '存储寿命', used: '已用约 {percent}%', outlived: '已超出：尽快更换', update: '更新', neverUpdated: '尚未更新过', underWay: '正在更新', waiting: '等待安装', retried: '未装成', failures: '{version} 共 {count} 次，{at} 再试', refused: '不再安装',
  },
  drill: {
    says: '模拟器在演练住户里演一段事，看警情是否按时到、该通知的人是否都通知到。警情都标“演练”，不出警，不打 119、120。', notAllowed: '这台网关不允许演练。要演练，在配置的 [drill] 中设 allowed = true 并重启。', noSimulator: '没有待命的模拟器。在网关上运行：',
    nothing: '模拟器没有这台网关能演的场景', begin: '开始', lasts: '约 {time}', where: '放在哪个社区', staff: '同时通知社区工作人员', staffSays: '不选则只通知运维。', whole: '开始演练“{name}”', stop: '停止', stopping: '正在停止', begun: '演练已开始', last: '上一场演练', now: '正在演练',
    by: '{who}，{when}', progress: '已进行 {count}%', met: '如期', missed: '不符', never: '不应有：{kind}', after: '{time}后', unexpected: '未预期的警情', home: '住户 {id}', see: '看警情',
    problem: {
      other: '演练没有完成。', scenario: '这个场景读不出来，或不能在这台网关上演。换一个场景。', box: '网关没有接受演练住户，或没有回音。看网关日志。', broker: '演练设备连不上家庭侧的消息服务。检查 anju-sim attend 的 --broker 和 --credentials。',
      clock: '网关没有跟上模拟的时钟。检查家庭侧消息服务和用户 simulator 的权限。', busy: '这台网关上另有一场演练。等它结束，或先停止它。', process: '演练进程没有启动，或被系统终止。检查内存后再试。', output: '演练结束了，但没有给出结果。', says: '模拟器原文',
    },
    phase: { asked: '等待模拟器', playing: '进行中', judged: '已结束', stopped: '已停止', failed: '没有演成', lost: '模拟器没有回音' }, passed: '全部如期', failed: '有不符的',
  },
  messages: {
    title: '实时报文', last: '最近一条报文', live: '实时', connecting: '连接中', broken: '没有实时连接，每 10 秒取一次', pause: '暂停', resume: '继续', waiting: '暂停中，有 {count} 条新报文', empty: '还没有报文。按一下设备的测试键试试。', notice: '只在有人查看时保存在内存里，每台设备最多 20 条；查看会记入审计。',
    skipped: '前面有 {count} 条来得太快，没有保存', topic: '主题', driver: '驱动', profile: '配置档', late: '晚到', lateBy: '{seconds} 秒', answered: '答复设备', payload: '内容', cut: '只显示前 2048 字节', withheld: '这条报文还涉及别的设备，不显示内容', empty_payload: '（空）', retained: '保留消息', redelivered: '重复投递', at: '第 {byte} 字节', do: '怎么办', none: '无',
  },
  accounts: {
    add: '新增账号', edit: '修改账号', empty: '还没有账号', shown: '姓名', role: '角色', scope: '管辖范围', scopeExample: '区、镇街或社区代码，空格分开；* 为全部', worker: '网格员编号', lastLogin: '上次登录 {when}', neverLogin: '从未登录',
    disabled: '已停用', disable: '停用', enable: '启用', reset: '重置密码', sure: { reset: '{name}会立即退出，旧密码作废，要用新链接才能进入。', disable: '{name}会立即退出，不能再登录。' }, invitation: '给{name}的链接', invitationSays: '请把链接发给本人，24 小时内有效，只能用一次。', link: '链接', copy: '复制', copied: '已复制',
  },
  audit: { account: '账号', subject: '对象', search: '查询', empty: '没有记录', ownOnly: '只显示您自己的操作。' },
  me: {
    settings: '设置', smaller: '缩小字号', larger: '放大字号', language: '语言', size: '字号', sample: '示例：王秀兰，金开大道 1 号，30 分钟前有活动。', logout: '退出登录', logoutAnyway: '仍然退出', unsent: '还有 {count} 条登记没上传。退出后仍保存在这部手机里，下次登录再上传。',
    about: '网关 {gateway} · 版本 {version}',
  },
};
