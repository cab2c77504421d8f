// Every word anjuctl says, in Chinese and in English. One catalogue, so that nothing is said in
// one language only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anju::ctl {

enum class Lang { zh, en };

struct Text {
    std::string_view zh;
    std::string_view en;

    [[nodiscard]] std::string_view in(Lang lang) const { return lang == Lang::zh ? zh : en; }
};

/// "zh", "zh_CN.UTF-8" -> zh; any other locale -> en; empty -> nullopt.
[[nodiscard]] std::optional<Lang> lang_of(std::string_view locale);

/// What a name of the care vocabulary is called.
struct Term {
    std::string_view name;
    std::string_view zh;
    std::string_view en = {};  ///< empty: as the name
};
/// The name itself where `terms` lack it.
[[nodiscard]] std::string_view look_up(std::span<const Term> terms, Lang lang,
                                       std::string_view name);

/// The Chinese for a name of the care vocabulary (kinds, states, reasons …); in English, and
/// where there is none, the name itself.
[[nodiscard]] std::string_view term(Lang lang, std::string_view name);

namespace text {

// Columns and labels.
inline constexpr Text household{"住户", "Household"};
inline constexpr Text community{"社区", "Community"};
inline constexpr Text resident{"老人", "Resident"};
inline constexpr Text person{"姓名", "Name"};
inline constexpr Text status{"状态", "Status"};
inline constexpr Text devices{"设备", "Devices"};
inline constexpr Text open_alerts{"未结预警", "Alerts"};
inline constexpr Text last_life{"最近活动", "Last sign of life"};
inline constexpr Text best_delay{"最快发现", "At best"};
inline constexpr Text whereabouts{"推测去向", "Presumed"};
inline constexpr Text device{"设备", "Device"};
inline constexpr Text kind{"类型", "Kind"};
inline constexpr Text label{"位置", "Label"};
inline constexpr Text driver{"驱动", "Driver"};
inline constexpr Text address{"地址", "Address"};
inline constexpr Text last_heard{"最近收到", "Last heard"};
inline constexpr Text health{"健康", "Health"};
inline constexpr Text alert{"预警", "Alert"};
inline constexpr Text priority{"级别", "Priority"};
inline constexpr Text raised{"产生时间", "Raised"};
inline constexpr Text sentence{"说明", "Why"};
inline constexpr Text changed{"变更时间", "Changed"};
inline constexpr Text actor{"操作人", "By"};
inline constexpr Text reason{"办结原因", "Reason"};
inline constexpr Text note{"备注", "Note"};
inline constexpr Text flags{"标记", "Flags"};
inline constexpr Text owner{"负责人", "Owner"};
inline constexpr Text nobody_is{"（无人任 {}）", " (nobody is {})"};
inline constexpr Text closed_by{"办结人", "Closed by"};
inline constexpr Text reviewed_by{"督办人", "Reviewed by"};
inline constexpr Text merged_into{"并入", "Merged into"};
inline constexpr Text next_step{"下一步", "Next"};
inline constexpr Text cause{"起因", "Cause"};
inline constexpr Text told_so_far{"通知次数", "Told"};
inline constexpr Text next_tells{"{}：{} → {}", "{}: {} -> {}"};
inline constexpr Text repeats{"重复", "Repeats"};
inline constexpr Text reopened{"重开", "Reopened"};
inline constexpr Text rule{"规则", "Rule"};
inline constexpr Text span{"时段", "Span"};
inline constexpr Text measured{"实测/阈值", "Measured/limit"};
inline constexpr Text rarity{"罕见程度", "How unusual"};
inline constexpr Text once_in_days{"对此人约 {} 天一次", "about once in {} days with this person"};
inline constexpr Text reliable{"可信", "Reliable"};
inline constexpr Text evidence{"依据", "Evidence"};
inline constexpr Text told_roles{"已通知", "Told"};
inline constexpr Text history{"经过", "History"};
inline constexpr Text at{"时间", "At"};
inline constexpr Text from{"原状态", "From"};
inline constexpr Text to{"现状态", "To"};
inline constexpr Text topic{"主题", "Topic"};
inline constexpr Text code{"代码", "Code"};
inline constexpr Text problem{"问题", "Problem"};
inline constexpr Text payload{"内容", "Payload"};
inline constexpr Text gateway{"网关", "Gateway"};
inline constexpr Text running_since{"启动于", "Running since"};
inline constexpr Text clock{"时钟", "Clock"};
inline constexpr Text now{"当前时间", "Time"};
inline constexpr Text homes{"住户数", "Homes"};
inline constexpr Text store{"存储", "Store"};
inline constexpr Text console_store{"工作台", "Console"};
inline constexpr Text console_space{
    "{} MB，上限 {} MB，审计 {} 条，因空间删去 {} 条",
    "{} MB of {} MB, {} rows of audit, {} removed for want of room"};
inline constexpr Text link{"连接", "Link"};
inline constexpr Text connected{"已连接", "Connected"};
inline constexpr Text received{"收到", "Received"};
inline constexpr Text published{"发出", "Published"};
inline constexpr Text last_error{"最近错误", "Last error"};
inline constexpr Text lane{"上行通道", "Uplink lane"};
inline constexpr Text head{"最新序号", "Head"};
inline constexpr Text unacknowledged{"未确认", "Unacknowledged"};
inline constexpr Text counters{"计数", "Counters"};
inline constexpr Text notes{"启动记录", "Found at the start"};
inline constexpr Text model{"型号", "Model"};
inline constexpr Text seems{"可能是", "Seems to be"};
inline constexpr Text messages{"消息数", "Messages"};
inline constexpr Text signal{"信号", "Signal"};
inline constexpr Text says{"最近读数或错误", "Says"};
inline constexpr Text ignored_since{"忽略于", "Ignored since"};
inline constexpr Text yes{"是", "yes"};
inline constexpr Text no{"否", "no"};
inline constexpr Text never{"从未", "never"};
inline constexpr Text nothing{"（无）", "(none)"};
inline constexpr Text of_total{"共 {} 条，显示 {} 条", "{} in all, {} shown"};
inline constexpr Text space_of{"{} MB，上限 {} MB，空间{}", "{} MB of {} MB, space {}"};

// What was done.
inline constexpr Text imported{"已导入：新增或更新 {} 户，移除 {} 户，未变 {} 户",
                               "imported: {} homes set, {} removed, {} unchanged"};
inline constexpr Text removed{"已移除住户 {}", "household {} removed"};
inline constexpr Text applied{"{}：已执行", "{}: done"};
inline constexpr Text already{"{}：无需再做（{}）", "{}: nothing left to do ({})"};
inline constexpr Text refused{"{}：被拒绝（{}）", "{}: refused ({})"};
inline constexpr Text error_word{"错误", "error"};
inline constexpr Text more_errors{"另有 {} 处错误\n", "and {} more errors\n"};
inline constexpr Text remedy_word{"处理办法", "what to do"};
inline constexpr Text unreachable{
    "守护进程不可达：systemctl start anjud，或检查 --socket、--config",
    "the daemon is not there: systemctl start anjud, or check "
    "--socket and --config"};
inline constexpr Text unanswered{
    "守护进程在运行，收到了请求，但没有答复：可能已经照办，也可能还在做。先查看结果再重试",
    "the daemon is there and has the request, but gave no answer: it may have done it, or be doing "
    "it still. Look before you ask again"};
inline constexpr Text from_file{"守护进程未运行，以下内容来自配置文件",
                                "the daemon does not run; this is the file"};
inline constexpr Text cannot_read{"无法读取 {}", "cannot read {}"};

// Discovery.
inline constexpr Text needs_key{"已加密，接受时须提供密钥（{}）",
                                "encrypted: accept it with its key ({})"};
inline constexpr Text needs_profile{"须指定解析配置：--profile（{}）", "needs a --profile ({})"};
inline constexpr Text ignored_some{"已忽略 {} 个设备：anjuctl devices discover --all",
                                   "ignored: {}, anjuctl devices discover --all shows them"};
inline constexpr Text how_to_accept{
    "登记：anjuctl devices accept 驱动 地址 --household 住户 --id 编号",
    "take one: anjuctl devices accept DRIVER ADDRESS --household H --id ID"};
inline constexpr Text accepted{
    "设备 {} 已登记到住户 {}，立即生效。请把下列内容加入清单文件中该住户之下：",
    "device {} belongs to household {} from now on; put these lines "
    "below that household in your directory file:"};
inline constexpr Text key_to_fill_in{"# 用设备密钥替换 (not exported)",
                                     "# put the device's key in the place of (not exported)"};
inline constexpr Text kind_contradicts{"注意：从消息看它是{}，登记为{}",
                                       "note: by what it says it is a {}, and it was registered "
                                       "as {}"};
inline constexpr Text ignored_now{"不再提示 {}", "{} will not be shown any more"};
inline constexpr Text ignored_no_more{"恢复提示 {}", "{} will be shown again"};
inline constexpr Text ask_key{"密钥（32 位十六进制，不显示）：",
                              "key (32 hexadecimal digits, not shown): "};
inline constexpr Text no_key{"没有输入密钥", "no key was given"};
inline constexpr Text give_key_file{"在终端上输入，或用 --key-file 指定密钥文件",
                                    "type it at a terminal, or name its file with --key-file"};

// Help.
inline constexpr Text help{"安居网关命令行工具", "operate the Anju gateway on this box"};
inline constexpr Text help_exit{
    "退出码：0 成功，1 被拒绝或诊断有错误，2 用法错误，3 守护进程不可达，4 没有答复",
    "Exit codes: 0 done, 1 refused or doctor found an error, 2 usage, 3 daemon not reachable, 4 it "
    "gave no answer"};
inline constexpr Text help_socket{"控制套接字路径", "control socket of the daemon"};
inline constexpr Text help_config{"配置文件（默认 /etc/anju/anju.toml）",
                                  "configuration file (default /etc/anju/anju.toml)"};
inline constexpr Text help_json{"输出原始 JSON", "print the raw result"};
inline constexpr Text help_lang{"语言：zh 或 en", "language: zh or en"};
inline constexpr Text help_timeout{"等待应答的秒数", "seconds to wait for an answer"};
inline constexpr Text help_version{"版本", "the version"};
inline constexpr Text help_status{"网关概况", "how the gateway is"};
inline constexpr Text help_residents{"住户与老人", "homes and who lives there"};
inline constexpr Text help_list{"列出", "list them"};
inline constexpr Text help_import{"从文件导入（整份检查、整份生效）",
                                  "import a directory file, as a whole or not at all"};
inline constexpr Text help_file{"清单文件（TOML）", "directory file (TOML)"};
inline constexpr Text help_replace{"移除文件中没有的住户", "remove homes that are not in the file"};
inline constexpr Text help_remove{"移除一户，其状态一并删除",
                                  "remove a household and forget its state"};
inline constexpr Text help_devices{"设备与最近收到的时间", "devices and when they were last heard"};
inline constexpr Text help_export{"按清单文件格式输出全部住户",
                                  "print all homes as a directory file"};
inline constexpr Text help_with_keys{"包括设备密钥：请妥善保管输出",
                                     "with the devices' keys: keep the output safe"};
inline constexpr Text help_discover{"收到消息但未登记的设备",
                                    "devices that speak and that no home has"};
inline constexpr Text help_ignored{"包括已忽略的", "ignored ones too"};
inline constexpr Text help_accept{"把发现的设备登记到一户",
                                  "register a device that was discovered"};
inline constexpr Text help_ignore{"不再提示这个设备", "do not show this device any more"};
inline constexpr Text help_undo{"取消忽略", "show it again"};
inline constexpr Text help_driver{"驱动", "driver, as discover shows it"};
inline constexpr Text help_address{"地址", "address, as discover shows it"};
inline constexpr Text help_household{"住户编号", "household"};
inline constexpr Text help_replaces{"更换本户的哪台设备（编号）：沿用其编号、名称与已学到的规律",
                                    "the device (id) whose place it takes, with its id, label and "
                                    "what was learned"};
inline constexpr Text help_device_id{"设备编号（自定，全机唯一）",
                                     "id of the device, unique on the gateway"};
inline constexpr Text help_kind{"类型（默认按消息推断）", "kind (default: what it seems to be)"};
inline constexpr Text help_label{"位置", "where it is"};
inline constexpr Text help_profile{"解析配置名", "what its payload means, by name"};
inline constexpr Text help_key{"询问密钥（不回显）", "ask for its key, without showing it"};
inline constexpr Text help_key_file{"密钥文件，第一行", "file with its key on the first line"};
inline constexpr Text help_deliver{"正常情况下最长多久上报一次，如 24h",
                                   "longest time between two messages when all is well (24h)"};
inline constexpr Text help_alerts{"预警", "alerts"};
inline constexpr Text help_all{"包括已办结的", "closed ones too"};
inline constexpr Text help_limit{"最多显示条数", "show at most this many"};
inline constexpr Text help_show{"一条预警的依据与经过", "one alert, its evidence and history"};
inline constexpr Text help_ack{"签收", "acknowledge: somebody takes it on"};
inline constexpr Text help_resolve{"处置完成", "resolve: it has been dealt with"};
inline constexpr Text help_en_route{"出发", "somebody is on the way"};
inline constexpr Text help_on_site{"到场", "somebody is there"};
inline constexpr Text help_reopen{"重开：事情没有结束", "open it once more: it was not over"};
inline constexpr Text help_review{"督办：他人办结的 P1、P2",
                                  "look at a closed P1 or P2, by somebody else"};
inline constexpr Text help_hand_over{"移交，备注写明移交给谁",
                                     "hand over; the note names who has it now"};
inline constexpr Text help_i_am_well{"本人确认平安", "the resident says that all is well"};
inline constexpr Text help_close{"办结，须写明原因与备注", "close, with a reason and a note"};
inline constexpr Text help_id{"编号", "id"};
inline constexpr Text help_as{"操作人姓名（默认当前用户）", "who does it (default: this user)"};
inline constexpr Text help_note{"备注", "note"};
inline constexpr Text help_reason{"办结原因", "closing reason"};
inline constexpr Text help_rejected{"最近无法识别的消息", "the last messages that gave no reading"};
inline constexpr Text help_config_cmd{"配置", "configuration"};
inline constexpr Text help_config_show{"显示生效的配置", "show the effective configuration"};
inline constexpr Text help_doctor{"诊断：哪里不对、怎么办", "say what is wrong and what to do"};
inline constexpr Text help_machine{"在此目录下看 /sys、/proc、/etc（镜像），默认 /",
                                   "look for /sys, /proc and /etc below DIR (an image); default /"};
inline constexpr Text help_broker_log{"消息代理的日志在此文件，而不在系统日志中",
                                      "the broker's log is this file and not in the journal"};

}  // namespace text
}  // namespace anju::ctl
