// The words of the support bundle, in Chinese and in English (text.hpp).
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text help_bundle{
    "给技术人员的文件：版本、状态、诊断、日志，不含任何个人信息",
    "a file for a technician: versions, states, findings, log; nothing about any person"};
inline constexpr Text help_bundle_file{"要写的文件（.tar.gz），不得已存在",
                                       "file to write (.tar.gz); must not exist"};
inline constexpr Text help_bundle_lines{"日志行数", "how many lines of the log"};
inline constexpr Text help_bundle_log{"用此日志文件，而不是系统日志",
                                      "take this file for the log instead of the journal"};
inline constexpr Text bundle_made{
    "{}（{} 字节）已写好。先自己看一眼再交出去：tar xzf；内容见 docs/operations/support.md",
    "{} ({} bytes) is written. Look at it before you hand it on: tar xzf; "
    "docs/operations/support.md "
    "says what is in it"};

}  // namespace anju::ctl::text
