// The words of the console's accounts, in Chinese and in English (text.hpp).
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// What a role of an account is called; roles of the ladder have words of their own.
[[nodiscard]] std::string_view role_term(Lang lang, std::string_view role);
/// What a warning about a new account means; "{}" is what it is about.
[[nodiscard]] std::string_view warning_text(Lang lang, std::string_view code);

namespace text {

inline constexpr Text account{"账号", "Account"};
inline constexpr Text shown_name{"显示名", "Shown as"};
inline constexpr Text account_role{"角色", "Role"};
inline constexpr Text account_scope{"范围", "Scope"};
inline constexpr Text account_worker{"工作人员", "Worker"};
inline constexpr Text last_login{"最近登录", "Last login"};
inline constexpr Text is_disabled{"停用", "disabled"};
inline constexpr Text has_no_password{"待设密码", "no password yet"};
inline constexpr Text is_usable{"正常", "in use"};
inline constexpr Text link_until{"{}：此链接只能用一次，{} 前有效",
                                 "{}: this link lets in once, until {}"};
inline constexpr Text account_enabled{"{} 已启用", "{} is enabled"};
inline constexpr Text account_disabled{"{} 已停用，登录状态已结束",
                                       "{} is disabled, and logged out everywhere"};
inline constexpr Text setup_at{"在此页面输入，创建第一个账号：{}",
                               "enter it on this page to make the first account: {}"};
inline constexpr Text audit_action{"操作", "Action"};
inline constexpr Text audit_subject{"对象", "Subject"};
inline constexpr Text audit_detail{"说明", "Detail"};
inline constexpr Text audit_peer{"来源", "From"};
inline constexpr Text audit_more{"更早的：--before {}", "older ones: --before {}"};
inline constexpr Text audit_holds{"{} 行，未被改动；链尾 {}",
                                  "{} rows, none altered; head of the chain {}"};
inline constexpr Text audit_broken{"第 {} 行起与写入时不符：有行被改动、删除或插入",
                                   "from row {} on it is not what was written: rows were altered, "
                                   "taken out or put in"};

inline constexpr Text help_console{"控制台的账号与审计", "accounts and audit of the console"};
inline constexpr Text help_setup_code{"创建第一个账号所需的代码",
                                      "the code that makes the first account"};
inline constexpr Text help_login{"一次性登录链接（10 分钟）",
                                 "a link that lets somebody in once, within 10 minutes"};
inline constexpr Text help_accounts{"控制台账号", "who may use the console"};
inline constexpr Text help_account_add{"新建账号，显示 24 小时有效的邀请链接",
                                       "add an account and print its invitation, good for 24 h"};
inline constexpr Text help_account_reset{"清除密码，显示新的邀请链接",
                                         "forget the password and print a new invitation"};
inline constexpr Text help_account_disable{"停用账号", "let an account in no more"};
inline constexpr Text help_account_enable{"重新启用账号", "let a disabled account in again"};
inline constexpr Text help_account_name{"登录名", "name to log in with"};
inline constexpr Text help_role{"角色", "what the account may do"};
inline constexpr Text help_scope{"社区、镇街或区的代码，* 为全部",
                                 "codes of communities, streets or districts; * is everything"};
inline constexpr Text help_account_worker{"[[community.worker]] 的 id",
                                          "id of a [[community.worker]]"};
inline constexpr Text help_shown{"显示的姓名", "the name that others see"};
inline constexpr Text help_audit{"谁看过谁、谁改过什么", "who looked at whom, who changed what"};
inline constexpr Text help_verify{"核对整条链，有改动则退出码为 1",
                                  "check the whole chain; exits with 1 when it is broken"};
inline constexpr Text help_before{"此编号之前的", "rows before this number"};
inline constexpr Text help_audit_account{"某账号的", "of one account"};
inline constexpr Text help_audit_subject{"某对象的，如 resident:r1",
                                         "about one subject, such as resident:r1"};

}  // namespace text
}  // namespace anju::ctl
