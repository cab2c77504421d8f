// The words of setup and of the sensors' passwords, in Chinese and in English (text.hpp).
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text help_setup{"安装本机：身份、证书、口令、消息代理",
                                 "set up this box: identity, certificates, passwords, broker"};
inline constexpr Text help_setup_from{"答案文件（TOML）；不给则在终端提问",
                                      "file of answers (TOML); without it they are asked for"};
inline constexpr Text help_root{"装入此目录（镜像），不动本机",
                                "set up this folder (an image) instead of this machine"};
inline constexpr Text help_templates{"模板目录（默认 /usr/share/anju）",
                                     "folder of the templates (default /usr/share/anju)"};
inline constexpr Text help_setup_replace{"重写被人改过的文本，旧文件留作 .old",
                                         "write texts anew that somebody has changed; the old ones "
                                         "stay as .old"};
inline constexpr Text help_renew{"换发到期的证书", "issue certificates anew that are due"};
inline constexpr Text help_only_certificates{"只管证书，不动其余文件",
                                             "certificates and nothing else"};
inline constexpr Text help_no_start{"不重启服务", "restart no service"};

inline constexpr Text help_start_later{"留给 --start-due 重启服务",
                                       "leave the restarts to --start-due"};
inline constexpr Text help_start_due{"只重启尚未生效的服务，不改文件",
                                     "restart what has not taken effect yet, change no file"};

inline constexpr Text placed_made{"新建", "made"};
inline constexpr Text placed_replaced{"更新", "replaced"};
inline constexpr Text placed_kept{"保留", "kept"};
inline constexpr Text setup_unchanged{"一切就绪，没有改动",
                                      "everything is in place, nothing was changed"};

inline constexpr Text remark_certificate_due{
    "证书 {} 应换发（{} 到期）：anjuctl setup --renew",
    "the certificate {} is due ({} is its last day): anjuctl setup --renew"};
inline constexpr Text remark_certificate_foreign{
    "证书 {} 由别的机构签发（{} 到期），未动",
    "the certificate {} is another authority's (until {}) and was left alone"};
inline constexpr Text remark_text_kept{
    "{} 有人改过，未动；重写：anjuctl setup --replace",
    "{} was changed by somebody and left alone; anjuctl setup --replace writes it anew"};
inline constexpr Text remark_clock_unset{
    "时钟未校准，证书自 2026 年起算；联网对时后再运行 anjuctl setup --renew",
    "the clock is not set: certificates count from 2026; when it is, run anjuctl setup --renew"};
inline constexpr Text remark_not_enrolled{
    "尚未在区级平台登记：把 {} 交给平台，再 anjuctl enrol --import 证书",
    "not enrolled at the district yet: hand {} to the platform, then anjuctl enrol --import FILE"};
inline constexpr Text remark_enrolment_due{
    "区级平台的证书应续期（{1} 到期）：把 {0} 交给平台",
    "the district's certificate is due (its last day is {1}): hand {0} to the platform"};

inline constexpr Text services_next{
    "下一步：systemctl restart mosquitto anjud；anjuctl console setup-code",
    "next: systemctl restart mosquitto anjud; anjuctl console setup-code"};
inline constexpr Text service_failed{"无法执行：{}", "this did not work: {}"};
inline constexpr Text look_at_service{"systemctl status {0}；journalctl -u {0}",
                                      "systemctl status {0}; journalctl -u {0}"};
inline constexpr Text broker_checked{
    "消息代理已启用：anjud 可登录，匿名被拒绝",
    "the broker is up: it lets anjud in and nobody without a name"};
inline constexpr Text give_answers{"用 --from 给出答案文件，或在终端上运行",
                                   "give a file of answers with --from, or run this at a terminal"};
inline constexpr Text no_answers{"没有答案", "there are no answers"};

inline constexpr Text help_sensor_add{"为自有传感器发放口令，打印标签（只显示一次）",
                                      "give one of Anju's own sensors a password, and print its "
                                      "label, once"};
inline constexpr Text help_sensor_rotate{"换发口令，旧口令作废",
                                         "a new password; the old one is worth nothing"};
inline constexpr Text help_sensor_revoke{"吊销口令，传感器立即断开",
                                         "take the password away; the sensor is cut off"};
inline constexpr Text help_sensor_passwords{"哪些传感器有口令", "which sensors have a password"};
inline constexpr Text help_svg{"标签存为 SVG（仅属主可读），供标签打印机使用",
                               "the label as an SVG for a label printer, readable by you alone"};

inline constexpr Text sensor_server{"服务器", "Server"};
inline constexpr Text sensor_user{"用户名", "User"};
inline constexpr Text sensor_password{"口令", "Password"};
inline constexpr Text sensor_authority{"CA 指纹", "Authority"};
inline constexpr Text shown_once{"口令只显示这一次；遗失则 anjuctl devices rotate",
                                 "shown this once; if it is lost: anjuctl devices rotate"};
inline constexpr Text svg_written{"标签已存为 {}，打印后请删除",
                                  "the label is in {}; remove it when it is printed"};
inline constexpr Text sensor_revoked{"{} 的口令已吊销", "{} has no password any more"};
inline constexpr Text reload_broker{"消息代理尚未重新读取：systemctl reload mosquitto",
                                    "the broker has not read it yet: systemctl reload mosquitto"};
inline constexpr Text register_it{"登记：把它写入清单文件，再 anjuctl residents import",
                                  "to register it, put it in your directory file and run anjuctl "
                                  "residents import"};

inline constexpr Text help_register{"同时登记到此住户（守护进程须在运行）",
                                    "register it in this household too; the daemon must run"};
inline constexpr Text no_such_home{"没有住户 {}", "there is no household {}"};
inline constexpr Text registered{
    "设备 {} 已登记到住户 {}，立即生效。请把下列内容加入清单文件中该住户之下：",
    "device {} belongs to household {} from now on; put these lines below that household in your "
    "directory file:"};
inline constexpr Text help_enrol{"在区级平台登记：证书请求与证书",
                                 "enrol at the district: the request out, the certificate in"};
inline constexpr Text help_enrol_request{"打印证书请求", "print the request"};
inline constexpr Text help_enrol_new_key{"换新密钥并打印其请求；证书导入后启用",
                                         "make another key and print the request for it; it is "
                                         "used from the import of its certificate on"};
inline constexpr Text help_enrol_import{"导入平台签发的证书（PEM）",
                                        "take the certificate that the platform issued (PEM)"};
inline constexpr Text help_enrol_issued{"装上平台经上行线路发来的证书（没有则不做事）",
                                        "put in place what the district sent over its line, if "
                                        "it sent one"};
inline constexpr Text help_enrol_ca{"签发机构的证书（默认区级平台的 CA）",
                                    "certificate of the authority (default: that of the "
                                    "district's broker)"};
inline constexpr Text enrolled_as{"已登记为 {}，由 {} 签发，{} 到期，{} 起应续期",
                                  "enrolled as {}, by {}, until {}; to be renewed from {} on"};
inline constexpr Text restart_for_district{"启用：systemctl restart anjud",
                                           "to use it: systemctl restart anjud"};
inline constexpr Text no_enrolment{"本机不以证书向区级平台证明身份",
                                   "this box does not prove itself to a district by a certificate"};
inline constexpr Text switch_enrolment_on{
    "在答案文件 [district] 中写 certificate = true，再运行 anjuctl setup",
    "certificate = true below [district] of the answers, then anjuctl setup"};

}  // namespace anju::ctl::text
