// What doctor says, in Chinese and in English; {} stands for the facts.
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text config_good{"配置 {} 可读且有效", "the configuration {} is sound"};
inline constexpr Text data_dir_good{"数据目录 {} 可写，剩余 {} MB",
                                    "the data folder {} can be written, {} MB free"};
inline constexpr Text data_dir_missing{"数据目录 {} 不存在", "the data folder {} does not exist"};
inline constexpr Text make_data_dir{"创建它并交给网关用户：install -d -o anju -g anju -m 750 {}",
                                    "make it, for the gateway's user: install -d -o anju -g anju "
                                    "-m 750 {}"};
inline constexpr Text data_dir_locked{"当前用户不能写数据目录 {}",
                                      "this user may not write to the data folder {}"};
inline constexpr Text unlock_data_dir{"若以网关用户运行诊断仍如此：chown -R anju:anju {}",
                                      "if it is the same as the gateway's user: chown -R "
                                      "anju:anju {}"};
inline constexpr Text disk_read_only{"{} 所在的磁盘是只读的", "the disk of {} is read-only"};
inline constexpr Text check_disk{"检查磁盘：dmesg | grep -i error；必要时更换存储卡",
                                 "look at the disk: dmesg | grep -i error; replace the card if it "
                                 "is worn out"};
inline constexpr Text disk_full{"{} 所在的磁盘只剩 {} MB", "the disk of {} has {} MB left"};
inline constexpr Text make_room{"清理磁盘，或在 [store] 中调小 max_bytes",
                                "free some space, or lower max_bytes in [store]"};
inline constexpr Text ballast_gone{"压舱文件已被释放：磁盘曾经写满",
                                   "the ballast has been given up: the disk was full"};
inline constexpr Text ballast_back{"清理磁盘，空间足够后网关会重新建立它",
                                   "free some space; the gateway makes it anew when there is room"};
inline constexpr Text copies_given_up{
    "磁盘写满，启动以来已删去 {} 份旧备份或隔离的存储",
    "the disk was full and {} older backups or quarantined stores were deleted since the start"};
inline constexpr Text make_room_and_copy{
    "清理磁盘，然后 anjuctl backup create，并带走一份",
    "free some space, then anjuctl backup create, and carry one away"};
inline constexpr Text restore_unfinished{"恢复进行到一半被打断（{}）",
                                         "a restore was interrupted half-way ({})"};
inline constexpr Text start_finishes_restore{"systemctl start anjud：启动时自动完成",
                                             "systemctl start anjud, which finishes it"};
inline constexpr Text restore_again{
    "再执行一次 anjuctl backup restore --replace 备份文件；放弃则把配置旁的 .old 改回原名，并删去"
    "该目录",
    "once more: anjuctl backup restore --replace FILE; to give it up, put back what is called .old "
    "beside the configuration and remove that folder"};
inline constexpr Text audit_removed{
    "工作台审计已满：启动以来删去最旧的 {} 条，还有 {} 条（上限 {} MB）",
    "the console's audit is full: {} of its oldest rows were removed since the start, {} are left "
    "(at most {} MB)"};
inline constexpr Text audit_room{
    "在 [console] 中调大 max_bytes；看看是谁写得这么多：anjuctl console audit",
    "raise max_bytes in [console], and see who writes so much: anjuctl console audit"};
inline constexpr Text alert_without_result{
    "预警 {}（{}，住户 {}）到场后久无结果，负责人 {}",
    "alert {} ({}, home {}): somebody is there and nothing has come of it; {} has it"};
inline constexpr Text resolve_or_hand_over{
    "联系负责人；之后 anjuctl alerts resolve 或 hand-over",
    "phone whoever has it; then anjuctl alerts resolve or hand-over"};
inline constexpr Text alert_not_closed{"预警 {}（{}，住户 {}）已处置，至今未办结，负责人 {}",
                                       "alert {} ({}, home {}) is dealt with and not closed; {} "
                                       "has it"};
inline constexpr Text close_alert{"补写原因和说明：anjuctl alerts close",
                                  "say what it was: anjuctl alerts close, with reason and note"};
inline constexpr Text http_good{"网页地址 {} 可用", "the web address {} can be listened on"};
inline constexpr Text http_unavailable{"无法在 {} 提供网页：{}", "nobody can listen on {}: {}"};
inline constexpr Text mend_http{
    "修改 [http] listen；1024 以下的端口见 docs/operations/web.md",
    "correct [http] listen; for ports below 1024 see docs/operations/web.md"};
inline constexpr Text certificate_good{"证书 {} 有效至 {}", "the certificate {} is good until {}"};
inline constexpr Text certificate_due{"证书 {} 应换发（{} 到期）",
                                      "the certificate {} is due ({} is its last day)"};
inline constexpr Text certificate_expired{"证书 {} 已于 {} 到期", "the certificate {} ended on {}"};
inline constexpr Text certificate_unreadable{"{} 不是证书", "{} holds no certificate"};
inline constexpr Text renew_certificate{
    "以 root 运行 anjuctl setup --renew；别的机构签发的，请换新的",
    "anjuctl setup --renew as root; get a new one if another authority issued it"};
inline constexpr Text renew_enrolment{
    "anjuctl enrol --request 打印请求，交给平台，再 anjuctl enrol --import",
    "hand what anjuctl enrol --request prints to the platform, then anjuctl enrol --import"};
inline constexpr Text not_enrolled{"尚未在区级平台登记", "not enrolled at the district yet"};
inline constexpr Text enrol_box{"anjuctl enrol --request，交给平台，再 anjuctl enrol --import",
                                "anjuctl enrol --request, hand it in, then anjuctl enrol --import"};
inline constexpr Text authority_open{"本机 CA 的私钥 {} 他人可读",
                                     "others than its owner may use {}, the key of the box's "
                                     "own authority"};
inline constexpr Text shut_authority{"chmod 600 {}；若可能已泄露，重建 CA",
                                     "chmod 600 {}; if somebody may have read it, make a new "
                                     "authority"};
inline constexpr Text certificate_hidden{"当前用户看不到证书 {}，无法判断是否到期",
                                         "this user may not look at the certificate {}: nobody "
                                         "knows whether it is over"};
inline constexpr Text ask_as_root{"以 root 运行 anjuctl doctor", "anjuctl doctor as root"};
inline constexpr Text certificate_early{"证书 {} 要到 {} 才生效",
                                        "the certificate {} is good only from {} on"};
inline constexpr Text mend_early{
    "先校时：timedatectl；时钟无误则以 root 运行 anjuctl setup，重新签发",
    "set the clock first: timedatectl; if it is right, anjuctl setup as root issues it anew"};
inline constexpr Text key_open{"私钥 {} 他人可读", "others than its user may use the key {}"};
inline constexpr Text shut_key{"chmod o= {}；若可能已泄露，删去它再运行 anjuctl setup",
                               "chmod o= {}; if somebody may have read it, remove it and run "
                               "anjuctl setup"};
inline constexpr Text key_unreadable{"用户 {1} 读不了私钥 {0}，其服务不会以 TLS 应答",
                                     "the user {1} may not read the key {0}: its service will not "
                                     "answer over TLS"};
inline constexpr Text give_key{"chgrp {1} {0}；chmod 640 {0}；目录也要让该组进入",
                               "chgrp {1} {0}; chmod 640 {0}; let the group into the folder, too"};

inline constexpr Text temperature_good{"主板 {} °C", "the board has {} °C"};
inline constexpr Text board_hot{"主板 {} °C，已接近降频", "the board has {} °C and may slow down"};
inline constexpr Text cool_board{"移开热源，打开外壳通风，或加散热片",
                                 "move it away from heat, give it air, or a heat sink"};
inline constexpr Text power_good{"供电电压正常", "the supply's voltage is good"};
inline constexpr Text power_low_now{"供电电压过低（正在发生）：随时可能重启，存储可能损坏",
                                    "the supply's voltage is too low now: the board may restart at "
                                    "any time and damage its storage"};
inline constexpr Text power_low{"开机以来供电电压曾过低",
                                "the supply's voltage was too low since the start"};
inline constexpr Text mend_power{"换用原装或 5.1 V 3 A 电源和短而粗的线，少接 USB 设备",
                                 "use the maker's supply (5.1 V, 3 A) and a short thick cable, and "
                                 "fewer USB devices"};
inline constexpr Text storage_good{"存储 {} 寿命已用不到 {} %",
                                   "{} has used less than {} % of its life"};
inline constexpr Text storage_worn{"存储 {} 快到寿命（已用约 {} %）",
                                   "{} nears the end of its life (about {} % are used)"};
inline constexpr Text storage_over{
    "存储 {} 寿命已尽（已用约 {} %），随时可能失效",
    "{} is at the end of its life (about {} % are used) and may fail "
    "at any time"};
inline constexpr Text replace_storage{
    "先备份（anjuctl backup create），再更换：docs/operations/backup.md",
    "make a backup (anjuctl backup create) and replace it: docs/operations/backup.md"};
inline constexpr Text memory_low{"可用内存只剩 {} MiB", "{} MiB of memory are left"};
inline constexpr Text free_memory{"看看谁占用内存：systemctl status；停掉无关的服务",
                                  "see who uses it (systemctl status), and stop what the box does "
                                  "not need"};

inline constexpr Text backup_good{"最近的备份 {}，{} 小时前",
                                  "the newest backup, {}, is {} hours old"};
inline constexpr Text backup_no_key{"没有备份公钥：这台盒子从不备份",
                                    "there is no key for backups: this box makes none"};
inline constexpr Text make_backup_key{"anjuctl backup key；恢复码抄在纸上，与盒子分开保管",
                                      "anjuctl backup key; write the code down, keep it elsewhere"};
inline constexpr Text backup_hidden{"当前用户看不到 {}，无法判断备份是否按时",
                                    "this user may not look into {}: nobody knows how old the "
                                    "backups are"};
inline constexpr Text backup_none{"还没有备份", "there is no backup yet"};
inline constexpr Text backup_old{"最近的备份已是 {} 小时前", "the newest backup is {} hours old"};
inline constexpr Text make_backup{
    "anjuctl backup create；定时任务为何没做：journalctl -u anju-backup",
    "anjuctl backup create; why the nightly one did not: journalctl -u anju-backup"};
inline constexpr Text timer_good{"{} 已启用", "{} is active"};
inline constexpr Text timer_off{"{} 没有启用", "{} is not active"};
inline constexpr Text start_timer{"systemctl enable --now {}", "systemctl enable --now {}"};
inline constexpr Text broker_good{"{} 有消息代理在听", "somebody listens on {}"};
inline constexpr Text broker_silent{"{} 没有消息代理：{}", "no broker answers on {}: {}"};

inline constexpr Text daemon_good{"守护进程在 {} 应答（版本 {}）",
                                  "the daemon answers on {} (version {})"};
inline constexpr Text daemon_silent{"守护进程没有应答：{}", "the daemon does not answer: {}"};
inline constexpr Text start_daemon{
    "systemctl status anjud；systemctl start anjud；journalctl -u anjud",
    "systemctl status anjud; systemctl start anjud; journalctl -u "
    "anjud"};
inline constexpr Text daemon_starting{"anjud 正在启动，还没有开始守护：{}",
                                      "anjud is starting and does not watch yet: {}"};
inline constexpr Text wait_for_daemon{"等待；进度见 systemctl status anjud",
                                      "wait; systemctl status anjud says how it gets on"};
inline constexpr Text daemon_refuses{"守护进程不回答诊断：{}", "the daemon refuses to say: {}"};
inline constexpr Text same_version{"使用与守护进程同一版本的 anjuctl",
                                   "use the anjuctl of the same version as the daemon"};
inline constexpr Text clock_good{"时钟已同步", "the clock is synchronised"};
inline constexpr Text clock_driven{
    "时钟由外部驱动：仅限演示和测试",
    "the clock is driven from outside: demonstrations and tests only"};
inline constexpr Text clock_loose{"时钟未同步", "the clock is not synchronised"};
inline constexpr Text sync_clock{"timedatectl set-ntp true，并检查网络",
                                 "timedatectl set-ntp true, and check the network"};
inline constexpr Text link_good{"{}：已连接 {}", "{}: connected to {}"};
inline constexpr Text link_down{"{}：连不上 {}（{}）", "{}: not connected to {} ({})"};
inline constexpr Text link_lost{"{}：连不上 {}", "{}: not connected to {}"};
inline constexpr Text link_untried{"{}：尚未连接 {}；首次尝试正在进行",
                                   "{}: not connected to {} yet; the first try is under way"};
inline constexpr Text district_untried{
    "{}：尚未连接 {}；首次尝试在 spread_reconnect 之内",
    "{}: not connected to {} yet; the first try comes within spread_reconnect"};
inline constexpr Text check_home{
    "检查 mosquitto 是否运行、[home] 的地址与口令：systemctl status mosquitto",
    "is mosquitto running, are address and password of [home] right? "
    "systemctl status mosquitto"};
inline constexpr Text check_district{
    "检查网络、[district] 的地址、口令与证书；事件会保存到恢复为止",
    "check the network and the address, password and certificate "
    "of [district]; events are kept until then"};
inline constexpr Text lane_clear{"{}通道：全部 {} 条已被平台确认",
                                 "{} lane: all {} events acknowledged by the platform"};
inline constexpr Text lane_waiting{"{}通道：{} 条等待平台确认",
                                   "{} lane: {} events wait for the platform's acknowledgement"};
inline constexpr Text lane_stuck{"有连接却长时间不减少，请平台方检查其入库与回执",
                                 "if it does not shrink while connected, ask the platform to look "
                                 "at its commits and acknowledgements"};
inline constexpr Text no_district{"未配置区平台，事件只留在本机",
                                  "no district is configured: events stay on this box"};
inline constexpr Text no_homes{"还没有住户", "there are no homes yet"};
inline constexpr Text import_homes{"anjuctl residents import homes.toml",
                                   "anjuctl residents import homes.toml"};
inline constexpr Text devices_good{"{} 户共 {} 个设备，都在按时发送",
                                   "{} homes, {} devices, all of them heard in time"};
inline constexpr Text devices_unheard{"{0} 个设备中有 {1} 个从未收到数据",
                                      "{1} of {0} devices not heard yet"};
inline constexpr Text check_unheard{
    "检查设备地址与代理设置；anjuctl rejected 列出无法识别的消息",
    "check their addresses in the directory and the broker; see anjuctl rejected"};
inline constexpr Text device_stale{"设备 {}（{}，住户 {}）数据过期，最近收到 {}",
                                   "device {} ({}, household {}) is stale, last heard {}"};
inline constexpr Text device_offline_now{"设备 {}（{}，住户 {}）离线，最近收到 {}",
                                         "device {} ({}, household {}) is offline, last heard {}"};
inline constexpr Text check_device{"检查电池、距离和它的网关；没有数据不等于没有活动",
                                   "check its battery, its distance and its bridge; no data is not "
                                   "no activity"};
inline constexpr Text more_devices{"另有 {} 个设备过期或离线",
                                   "{} more devices are stale or offline"};
inline constexpr Text see_devices{"anjuctl devices list", "anjuctl devices list"};
inline constexpr Text proposals_wait{"{} 个设备在发送但未登记",
                                     "{} devices speak and no home has them"};
inline constexpr Text see_proposals{
    "anjuctl devices discover；登记自家的，忽略邻居的",
    "anjuctl devices discover: accept those of the home, ignore the neighbours'"};
inline constexpr Text route_silent{"驱动 {0} 已启用，但主题 {1} 自启动以来没有消息",
                                   "the driver {0} is switched on, and no message has come on {1} "
                                   "since the start"};
inline constexpr Text check_route{
    "检查发送方，以及 home.acl 中 user anjud 下是否有 topic read {1}；[home] drivers 与 ACL "
    "两处都要有",
    "look at the sender, and whether home.acl has topic read {1} below user anjud: [home] drivers "
    "and the broker's ACL must both name it"};
inline constexpr Text subscription_refused{"代理拒绝了订阅 {}",
                                           "the broker refused the subscription to {}"};
inline constexpr Text allow_subscription{
    "在代理的 ACL 中为网关用户加入 topic read {}，然后 systemctl reload mosquitto、restart anjud",
    "add topic read {} for the gateway's user to the broker's ACL, then systemctl reload mosquitto "
    "and restart anjud"};
inline constexpr Text profile_missing{"设备 {} 指定的解析配置不存在，其消息无法识别",
                                      "the profile of the device {} does not exist: it is not "
                                      "understood"};
inline constexpr Text add_profile{"把该配置放入 profiles_dir 并重启 anjud，或修改清单后重新导入",
                                  "put it into profiles_dir and restart anjud, or correct the "
                                  "directory and import it again"};
inline constexpr Text holidays_missing{"没有 {} 年的节假日数据：工作时间与探访排班按周一至周五计算",
                                       "there is no data of the holidays of {}: working hours and "
                                       "rounds go by Monday to Friday"};
inline constexpr Text add_holidays{
    "按国务院办公厅通知补充 holidays-cn.toml，然后 systemctl reload anjud",
    "add the year to holidays-cn.toml from the State Council's notice, then systemctl reload "
    "anjud"};
inline constexpr Text consents_unrecorded{"有 {} 项知情同意尚未记录（按老人与设备类型计）",
                                          "{} consents are not recorded (a resident and a kind of "
                                          "sensor each)"};
inline constexpr Text record_consents{
    "anjuctl consent show 老人编号；征得同意后 anjuctl consent record",
    "anjuctl consent show RESIDENT; ask, then anjuctl consent record"};
inline constexpr Text messages_good{"没有无法识别的消息", "no message was rejected"};
inline constexpr Text messages_rejected{"自启动以来有 {} 条消息无法识别，最近一条：{}（{}）",
                                        "{} messages gave no reading since the start, the last one "
                                        "on {} ({})"};
inline constexpr Text messages_rejected_some{"自启动以来有 {} 条消息无法识别",
                                             "{} messages gave no reading since the start"};
inline constexpr Text see_rejected{"anjuctl rejected；登记设备，或修正发送方",
                                   "anjuctl rejected; register the device, or mend the sender"};
inline constexpr Text store_good{"存储 {} MB，上限 {} MB，空间充足",
                                 "the store has {} MB of {} MB, with room on the disk"};
inline constexpr Text store_low{"存储空间不足：只接收告警，普通读数暂不接收",
                                "the store has no room: only alarms are taken, readings wait"};
inline constexpr Text quarantine_found{"{} 中有损坏后隔离的存储",
                                       "{} holds a store that was set aside as damaged"};
inline constexpr Text import_again{
    "重新导入住户：anjuctl residents import homes.toml；保留 quarantine 目录",
    "import the homes again: anjuctl residents import homes.toml; keep the quarantine folder"};
inline constexpr Text keep_quarantine{
    "anjuctl residents list 核对住户，缺少的重新导入；保留该目录，数据取回之后再移走",
    "compare anjuctl residents list with your file, import the homes again; keep the quarantine "
    "folder and move it away only when nothing in it is needed"};
inline constexpr Text inbox_dropped{"自启动以来有 {} 条消息因来得太快被暂拒",
                                    "{} messages came too fast since the start and were put off"};
inline constexpr Text slow_down{"检查是否有设备反复发送，或存储卡过慢",
                                "look for a device that repeats without end, or a slow card"};
inline constexpr Text strangers_none{"过去一天没有被消息代理拒绝的连接",
                                     "the broker refused nobody in the last day"};
inline constexpr Text strangers{
    "过去一天消息代理拒绝了连接：口令不对 {} 次，TLS 不符 {} 次，不是 MQTT {} 次；最近一次 "
    "{}，来自 {}",
    "the broker refused connections in the last day: {} for their password, {} at TLS, {} that "
    "did not speak MQTT; the last at {} from {}"};
inline constexpr Text look_for_strangers{
    "找到该地址的设备：是自己的传感器就换口令（anjuctl devices rotate）；否则有人在试探，断开它",
    "find the device of that address: a sensor of yours gets a new password (anjuctl devices "
    "rotate); anything else is somebody who tries, take it off the network"};
inline constexpr Text commands_good{"没有被拒绝的区平台命令",
                                    "no command of the district was refused"};
inline constexpr Text commands_refused{
    "自启动以来拒绝了 {} 条命令：看不懂、发给别的盒子、或重用了编号",
    "{} commands were refused since the start: not understood, for another box, or under an id "
    "that was used before"};
inline constexpr Text ask_who_commands{
    "看 journalctl -u anjud 中的 command_refused，把时间告诉区平台：是谁发的",
    "look for command_refused in journalctl -u anjud, and ask the district who sent them"};

}  // namespace anju::ctl::text
