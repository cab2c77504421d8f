// 关爱词表：代码 → 中文。
export default {
  priority: { P1: 'P1 危急', P2: 'P2 紧急', P3: 'P3 关注', P4: 'P4 设备' },
  kind: {
    smoke: '烟雾报警', gas_leak: '燃气泄漏', sos: '一键呼救', inactivity: '长时间无活动', water_low: '用水过低', water_continuous: '持续用水', water_high: '用水过高', flood: '水浸',
    door_open_long: '门长时间未关', no_exit: '长时间未出门', not_returned: '外出未归', night_exit: '夜间外出', routine_change: '作息异常', activity_while_away: '外出期间有活动', contact_failed: '失联',
    low_battery: '低电量', device_offline: '设备离线', data_stale: '数据过期', tamper: '防拆', mains_lost: '断电', area_outage: '片区断网', test: '测试', channel_failed: '通知通道故障',
  },
  state: {
    suspected: '疑似', self_check: '本人确认', open: '待签收', acknowledged: '已签收', en_route: '赶赴中', on_site: '已到场', resolved: '已处置', closed: '已办结', merged: '合并', suppressed: '抑制', cancelled: '撤销',
  },
  cause: {
    raised: '触发', again: '再次出现', another: '又一次', more_urgent: '升为 P2', evidence: '新证据', recovered: '恢复正常', unanswered: '无人签收', not_moving: '签收后无人出发', overdue: '逾期', no_answer: '本人无应答',
    sign_of_life: '有活动迹象', person: '人工', merged: '合并', removed: '住户移除', suspended: '暂停关爱', aged: '未再发生', told: '通知', ask_resident: '询问本人', ask_119: '是否拨打 119/120', stood_down: '解除', review: '待督办',
    on_site: '到场后仍无结果', write_up: '待办结', write_up_lead: '久未办结',
  },
  role: {
    worker: '网格员', lead: '社区负责人', supervisor: '镇街督办', operator: '运维', auditor: '审计', resident: '老人', emergency_contact: '紧急联系人', neighbour: '邻里', grid_worker: '网格员', second_worker: '另一名网格员',
    community_lead: '社区负责人', street_centre: '镇街指挥中心', district_centre: '区治理中心', maintainer: '运维', owner: '预警负责人',
  },
  reason: {
    true_emergency: '真实险情', help_given: '已提供帮助', away: '外出', late_rise: '晚起', visitor_pet: '访客或宠物', cooking_steam: '油烟水汽', device_fault: '设备故障', test: '测试', unknown: '不明',
  },
  sensor: { water_meter: '水表', smoke: '烟感', door: '门磁', motion: '人体感应', gas: '燃气', water_leak: '水浸', sos: '一键呼叫', bed: '床垫' },
  reading: {
    contact_open: '门开', motion: '有人', water_total_ml: '累计用水 mL', water_flow_mlh: '流量 mL/h', water_used_ml: '用水 mL', battery_pct: '电量 %', battery_low: '低电量', smoke: '烟雾', gas: '燃气', sos: '呼救',
    water_leak: '水浸', tamper: '防拆', bed_occupied: '在床', online: '在线', alive: '存活', fault: '故障', test: '测试',
  },
  status: { active: '在册', away: '外出', hospitalised: '住院', institution: '入住机构', declined: '拒绝', withdrawn: '撤回同意', deceased: '去世' },
  living: { alone: '独居', couple: '与老伴同住', family: '与家人同住', together: '与人同住' },
  whereabouts: { at_home: '在家', out: '外出', unknown: '去向不明' },
  health: { ok: '正常', never_heard: '从未收到', stale: '数据过期', offline: '离线' },
  consentState: { given: '同意', refused: '拒绝', withdrawn: '撤回', unrecorded: '未记录' },
  layer: { product: '产品', district: '区', community: '社区', resident: '本人', household: '本户' },
  task: {
    home_visit: '上门探访', phone_call: '电话探访', extra_contact: '加访', return_check: '返家核实', device_check: '设备巡检', contact_call: '联系家属', visit: '上门', call: '电话', return: '返家核实', family: '联系家属',
  },
  taskState: {
    planned: '已编排', assigned: '待走访', accepted: '已受理', in_progress: '进行中', completed: '已完成', unreached: '未联系上', missed: '漏访', substituted: '替代完成', cancelled: '已取消', excused: '免访',
  },
  outcome: { well: '平安', needs_help: '需要帮助', unreached: '没联系上', refused: '不愿接受', by_other: '他人代答' },
  form: { health: '健康', mind: '精神', safety: '安全', hygiene: '卫生', housing: '居住', needs: '需求' },
  shortage: {
    capacity: '网格员没有空余时间', no_worker: '社区没有网格员', no_duty: '放假日没有值班人员', preference: '老人方便的时间太少', gap: '两次联系间隔过长', too_late: '本周剩余天数不足', calendar: '没有该年节假日数据', worker_cap: '每名网格员负责人数超限',
  },
  clock: { synchronised: '已同步', unsynchronised: '未同步', driven: '外部驱动（演示）' },
  unprotected: { starting: '刚启动', home_broker: '没有守护：听不到家里', no_sensor: '没有守护：收不到任何传感器的数据', disk_full: '没有守护：磁盘已满，读数不收', clock: '没有守护：时钟一天无人校准', nobody_told: '没有守护：区平台和通知渠道都不通' },
  update_ending: { updated: '已更新', rolled_back: '已退回', failed: '退回后仍不正常', abandoned: '有人手工安装了别的版本' },
  update_step: { installing: '安装', proving: '检验新版本', rolling_back: '退回', proving_again: '检验退回后的版本' },
  update_rest: {
    off: '设置为不自动更新', taken_back: '曾被退回', not_its_turn: '还没轮到本机', no_way_back: '数据格式旧版读不了，须先装中间版本', not_now: '不在时段内', alerts: '有未处理的一、二级告警', clock: '时钟无人校准，开机满一天后再装', no_answer: '网关不应答', later: '上次未装成，稍后再试', no_room: '磁盘空间不足', broken: '软件包只装了一半',
  },
  space: { ample: '充足', low: '不足' },
  lane: { alarm: '告警', bulk: '数据' },
  link: { home: '家庭侧', alarms: '报警', sensors: '传感器', district_alarm: '区平台（告警）', district_bulk: '区平台（数据）' },
  problem: {
    subscription_refused: '订阅被拒', profile_refused: '设备说明有误', profile_missing: '缺设备说明', holidays_refused: '节假日文件有误', holidays_missing: '缺节假日数据', channel_down: '通知通道故障',
  },
  fate: { taken: '已采用', duplicate: '重复', not_understood: '看不懂', no_reading: '没有读数', no_room: '存储将满，未收' },
  action: {
    view: '查看', login: '登录', login_once: '用链接登录', login_link: '发出登录链接', login_failed: '登录失败', logout: '退出', refused: '越权被拒', password_set: '设置密码', password_changed: '修改密码', setup: '首次开通', setup_code_shown: '查看开通码',
    account_added: '新增账号', account_changed: '修改账号', account_reset: '重置密码', account_disabled: '停用账号', account_enabled: '启用账号', report_taken: '下载报表', stream: '打开实时消息', search: '搜索', list: '查看列表', drill_begun: '发起演练', drill: '设备自检', drill_stopped: '停止演练', device_tested: '设备自检', suspended: '暂停探访',
    suspension_ended: '恢复探访', contact_recorded: '登记走访', consent_recorded: '记录同意', absence: '登记请假', task_begin: '开始任务', task_move: '任务改期', task_hand_to: '转派任务', task_cancel: '取消任务', device_accepted: '登记设备', device_ignored: '忽略设备',
    device_shown: '重新显示设备', watch_messages: '查看实时报文', acknowledge: '签收警情', en_route: '登记已出发', on_site: '登记已到达', resolve: '登记处理完毕', close: '办结警情', reopen: '重开警情', review: '复核办结', hand_over: '转交警情', i_am_well: '确认本人平安',
  },
  preset: { 'SH_12': '12 小时用水不到 10 升', '24h_10L': '24 小时用水不到 10 升', '24h_8L': '24 小时用水不到 8 升', 'door_24h': '24 小时没有开过门' },
  field: {
    reason: '原因', said_by: '谁说的', approver: '批准人', basis: '依据', note: '备注', from: '开始日期', to: '结束日期', name: '用户名', shown: '姓名', role: '角色', scope: '管辖范围', worker: '网格员编号', household: '住户编号', id: '编号', kind: '类型', label: '名称', key: '密钥', password: '密码', new: '新密码', date: '日期', verb: '操作', owner: '转给谁', start: '开始时间', seconds: '用时', form: '六项查看', outcome: '结果', account: '账号', subject: '对象',
  },
  policy: {
    presets: '学习期内的固定规则', warm_up: '学习期', alert_budget: '每月可容忍的误报', phone_budget: '每月可容忍的问候电话', home_backstop: '在家无活动兜底', unknown_backstop: '去向不明无活动兜底', door_open_limit: '门长时间未关', battery_low_pct: '低电量阈值',
    repeat_guard: '无活动预警最短间隔', reopen_window: '复发重开时限', ladder_p1_second_worker: 'P1 无人签收→第二网格员、邻里', ladder_p1_street_again: 'P1 无人签收→再告镇街', ladder_p1_ask_119: 'P1 无人签收→提示是否拨 119/120', ladder_p1_resume: 'P1 签收后无人出发',
    ladder_p1_arrival_aim: 'P1 到场目标', ladder_p1_arrival: 'P1 到场时限', ladder_self_check_asks: '本人确认次数', ladder_self_check_gap: 'P2 本人确认间隔', ladder_p2_second_worker: 'P2 无人签收→第二网格员', ladder_p2_lead: 'P2 无人签收→社区负责人',
    ladder_p2_street: 'P2 无人签收→镇街', ladder_p2_resume: 'P2 签收后无人出发', ladder_p2_arrival: 'P2 到场时限', ladder_p3_lead: 'P3 无人签收→社区负责人（工作时间）', ladder_p4_lead: 'P4 无人签收→社区负责人', ladder_p4_repair: 'P4 修复时限',
    ladder_p4_repair_blind: 'P4 修复时限（防护失效）', ladder_on_site: 'P1、P2 到场后仍无结果', ladder_write_up: 'P1、P2 处置后未办结→负责人', ladder_write_up_lead: 'P1、P2 处置后未办结→社区负责人', ladder_review: '督办复核时限', ladder_hours: '工作时间', care_visits: '每周上门',
    care_calls: '每周电话', care_max_gap_days: '最长间隔（天）', care_preferred_gap_days: '期望间隔（天）', care_apart: '两次探访最短间隔', care_call_windows: '电话时段', care_visit_windows: '上门时段', care_visit_length: '上门时长', care_visit_travel: '路程',
    care_call_length: '电话时长', care_call_between: '电话间隔', care_worker_visits: '每人每天上门上限', care_worker_calls: '每人每天电话上限', care_worker_day: '每人每天探访时长上限', care_worker_residents: '每人负责老人数（目标）', care_worker_residents_cap: '每人负责老人数（上限）',
    care_call_again: '未接通→再拨', care_call_third: '未接通→第三次', care_visit_within: '三次未接→上门时限', care_revisit_within: '未见面→再访时限', care_shortest_call: '有效通话最短', care_longest_suspension_days: '暂停最长（天）', care_return_check_within: '返家核实时限',
    care_by_message: '以消息代替电话', care_variant_approved_by: '变通批准人', care_weekdays: '方便的日子', care_worker: '指定网格员',
  },
};
