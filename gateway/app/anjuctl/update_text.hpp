// What anjuctl says of updates, in Chinese and in English.
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text help_update{
    "从签名的软件源更新；不好就自动退回",
    "updates from the signed source, taken back if they do not do well"};
inline constexpr Text help_update_check{"问软件源有什么新版本，不安装",
                                        "ask the source what is there, install nothing"};
inline constexpr Text help_update_apply{"现在就更新（不等夜间时段与分批）",
                                        "update now, whatever the hour and the box's turn"};
inline constexpr Text help_update_rollback{"退回上一个版本", "go back to the version before"};
inline constexpr Text help_update_status{"上次更新的结果，正在进行的步骤",
                                         "how the last one ended, and what is under way"};
inline constexpr Text help_update_run{
    "由定时器调用：继续被打断的更新，到时段则更新",
    "for the timer: go on with one that was cut short, or begin one "
    "when it is time"};
inline constexpr Text help_update_alerts{"即使有未处理的告警", "although alerts wait for people"};
inline constexpr Text help_update_again{"再试曾退回的版本",
                                        "a version that was taken back once more"};
inline constexpr Text help_update_state{"更新记录与保留软件包的目录",
                                        "folder of the record and of packages that are kept"};
inline constexpr Text help_update_file{"更新设置文件", "file that says how updates are taken"};

inline constexpr Text update_busy{"另一个更新正在进行", "another update is under way"};
inline constexpr Text update_busy_do{"稍后再试；systemctl status anju-update",
                                     "try again later; systemctl status anju-update"};
inline constexpr Text update_root{"更新需要 root", "updates need root"};
inline constexpr Text update_root_do{"用 sudo 运行", "run it with sudo"};
inline constexpr Text update_no_source{"没有软件源", "there is no source"};
inline constexpr Text update_no_source_do{
    "按 docs/operations/update.md 由模板 /usr/share/anju/anju.sources 写出，放入公钥",
    "write it from /usr/share/anju/anju.sources and put the key in place, see update.md"};
inline constexpr Text update_not_idle{"有一次更新尚未结束", "an update has not come to its end"};
inline constexpr Text update_not_idle_do{"先运行 anjuctl update run",
                                         "run anjuctl update run first"};

inline constexpr Text update_installed{"已安装 {}\n", "Installed: {}\n"};
inline constexpr Text update_offer{"可用 {}：{}% 的盒子，本机序号 {}；{}\n",
                                   "Offered: {}, to {}% of boxes, this one is number {}; {}\n"};
inline constexpr Text update_way_back{"可退回", "with a way back"};
inline constexpr Text update_no_way_back{"不可自动退回，不会自动安装",
                                         "no way back, not installed by itself"};
inline constexpr Text update_current{"没有更新的版本\n", "Nothing newer is offered\n"};
inline constexpr Text update_step{"正在进行：{}，{} → {}，第 {} 次\n",
                                  "Under way: {}, {} → {}, for the {}. time\n"};
inline constexpr Text update_ending{"上次：{}，{} → {}，{}{}\n", "Last: {}, {} → {}, {}{}\n"};
inline constexpr Text update_never{"尚未更新过\n", "No update yet\n"};
inline constexpr Text update_refused{"曾退回，不再自动安装：{}（{}）\n",
                                     "Taken back, not tried again by itself: {} ({})\n"};
inline constexpr Text update_noticed{"  同时发现（不作为退回的理由）：{}\n",
                                     "  Noticed besides, no reason to go back: {}\n"};
inline constexpr Text update_waits{"等待安装：{}（{}）\n", "Waits: {} ({})\n"};
inline constexpr Text update_retry{"第 {} 次未装成，{} 后再试：{}（{}）\n",
                                   "Attempts that failed: {}, the next after {}: {} ({})\n"};
inline constexpr Text update_trouble{"未能继续：{}\n", "Did not get further: {}\n"};
inline constexpr Text update_rests{"不更新：{}\n", "No update now: {}\n"};

inline constexpr Text step_installing{"安装", "installing"};
inline constexpr Text step_proving{"检验新版本", "proving the new version"};
inline constexpr Text step_rolling_back{"退回", "going back"};
inline constexpr Text step_proving_again{"检验退回后的版本", "proving the version before"};
inline constexpr Text end_updated{"已更新", "updated"};
inline constexpr Text end_rolled_back{"已退回", "rolled back"};
inline constexpr Text end_failed{"退回后仍不正常", "rolled back, and still not well"};
inline constexpr Text end_abandoned{"有人手工安装了别的版本",
                                    "another version was installed by hand"};
inline constexpr Text rest_off{"设置为不自动更新", "switched off"};
inline constexpr Text rest_current{"已是最新", "nothing newer is offered"};
inline constexpr Text rest_taken_back{"新版本曾被退回", "what is newer was taken back"};
inline constexpr Text rest_turn{"还没轮到本机", "it is not this box's turn yet"};
inline constexpr Text rest_no_way_back{
    "新版本的数据格式旧版读不了，须先装中间版本",
    "the stores of what is newer cannot be read by this version: a "
    "version between them has to come first"};
inline constexpr Text rest_not_now{"不在时段内", "outside of the window"};
inline constexpr Text rest_alerts{"有未处理的一、二级告警", "alerts of P1 or P2 wait for people"};
inline constexpr Text rest_clock{"时钟无人校准，开机满一天后再装",
                                 "nobody sets the clock: when the box has been up for a day"};
inline constexpr Text rest_no_answer{"网关刚才还应答，现在不应答",
                                     "the gateway answered a moment ago and does not now"};
inline constexpr Text rest_later{"上次未装成，稍后再试",
                                 "the last attempt failed, it is tried later"};
inline constexpr Text rest_no_room{"磁盘空间不足", "not enough room on the disk"};
inline constexpr Text rest_broken{"软件包只装了一半", "the packages are installed by half"};

inline constexpr Text update_good{"更新：{}，{} → {}", "updates: {}, {} → {}"};
inline constexpr Text update_idle{"更新：已配置软件源", "updates: there is a source"};
inline constexpr Text update_was_put_off{"更新到 {} 未装成（{}），仍是 {}，稍后再试",
                                         "the update to {} did not get through ({}): {} is "
                                         "back, it is tried again later"};
inline constexpr Text update_was_rolled_back{"更新到 {} 未成功（{}），已退回 {}",
                                             "the update to {} did not do well ({}): {} is back"};
inline constexpr Text update_has_failed{
    "更新到 {} 未成功（{}），退回 {} 后仍不正常",
    "the update to {} did not do well ({}), and {}, which is back, "
    "does not either"};
inline constexpr Text update_look{"journalctl -u anju-update -u anjud",
                                  "journalctl -u anju-update -u anjud"};
inline constexpr Text update_under_way{"更新未结束：{}，{} → {}",
                                       "an update is under way: {}, {} → {}"};
inline constexpr Text update_stuck{"更新未能继续：{}", "an update did not get further: {}"};
inline constexpr Text update_retries{
    "更新到 {} 已 {} 次未装成（{}），稍后再试",
    "the update to {} does not get through (attempts: {}; {}), it is "
    "tried again"};
inline constexpr Text update_line{"更新", "Updates"};
inline constexpr Text update_line_runs{"{} 正在运行", "{} runs"};
inline constexpr Text update_line_never{"尚未更新过", "none yet"};
inline constexpr Text update_line_ended{"{} {}，{} → {}", "{} {}, {} → {}"};
inline constexpr Text update_line_besides{"同时发现：", "noticed besides: "};
inline constexpr Text update_line_step{"正在{}：{}", "{}: {}"};
inline constexpr Text update_line_waits{"{} 等待：{}", "{} waits: {}"};
inline constexpr Text update_line_refused{"不再自动安装 {}", "not tried again: {}"};
inline constexpr Text update_line_failures{"{} 已 {} 次未装成，{} 后再试：{}",
                                           "{} failed (attempts: {}), the next after {}: {}"};
inline constexpr Text update_unreadable_do{
    "删除前先看 dpkg --audit 与 anjud", "look at dpkg --audit and at anjud before you remove it"};

}  // namespace anju::ctl::text
