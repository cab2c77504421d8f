// What anjuctl says of sealed names, in Chinese and in English.
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text help_seal{"封存：姓名、电话、地址等在数据库里加密",
                                "names, telephones and addresses, sealed in the databases"};
inline constexpr Text help_seal_status{"用的是哪把密钥，各数据库到了哪一步",
                                       "which keys there are, and what is sealed with which"};
inline constexpr Text help_seal_rotate{
    "换新密钥：写入密钥文件第一行，旧的留在后面；重启 anjud 后全部改用新密钥",
    "a new key in the first line of the key file, the old one behind it; a restart of anjud seals "
    "everything anew"};
inline constexpr Text help_seal_retire{"去掉已无数据使用的旧密钥",
                                       "take out keys that nothing is sealed with any more"};

inline constexpr Text seal_none{
    "没有封存：[store] 没有 seal_key_file，姓名、电话、地址明文存放",
    "nothing is sealed: [store] has no seal_key_file, names and addresses lie open"};
inline constexpr Text seal_none_do{"以 root 运行 anjuctl setup，或见 docs/operations/sealing.md",
                                   "run anjuctl setup as root, or see docs/operations/sealing.md"};
inline constexpr Text seal_keys{"密钥文件 {}：{}\n", "Key file {}: {}\n"};
inline constexpr Text seal_all{"{}：全部以密钥 {} 封存\n", "{}: all of it is sealed with key {}\n"};
inline constexpr Text seal_begun{"{}：正在改用密钥 {}，有空间时继续，最迟下次启动时\n",
                                 "{}: is coming under key {}, goes on when there is room, with the "
                                 "next start at the latest\n"};
inline constexpr Text seal_open{"{}：明文，下次启动时封存\n",
                                "{}: lies open, is sealed with the next start\n"};
inline constexpr Text seal_absent{"{}：没有\n", "{}: there is none\n"};
inline constexpr Text seal_rotated{
    "新密钥 {} 已写入 {}。接着：systemctl restart anjud；anjuctl seal status；"
    "全部改用后 anjuctl seal retire；再做一次备份\n",
    "New key {} written to {}. Next: systemctl restart anjud; anjuctl seal status; when all is "
    "sealed with it, anjuctl seal retire; then make a backup\n"};
inline constexpr Text seal_retired{"{} 现在只有密钥 {}\n", "{} holds key {} alone now\n"};
inline constexpr Text seal_in_use{"还没有全部改用新密钥：{}",
                                  "not all is sealed with the new key yet: {}"};
inline constexpr Text seal_in_use_do{"systemctl restart anjud，然后 anjuctl seal status",
                                     "systemctl restart anjud, then anjuctl seal status"};

inline constexpr Text seal_set_aside{
    "隔离的存储还要用旧密钥才能打开，或已读不出用的是哪把",
    "a store in the quarantine opens with an older key only, or cannot say any more with which"};
inline constexpr Text seal_set_aside_do{
    "还用得着就先处理；不再需要则 rm -r {}，然后再试",
    "keep the key as long as you want something of it; else rm -r {}, and try again"};
inline constexpr Text seal_backups{
    "盒子上的 {} 份备份里带着各自的密钥，仍可恢复；恢复较早的一份会把它的密钥带回来\n",
    "{} backups on this box hold their own keys and can be restored as before; an earlier one "
    "brings "
    "its key back\n"};

inline constexpr Text names_open{"姓名、电话、地址在 {} 中明文存放",
                                 "names, telephones and addresses lie open in {}"};
inline constexpr Text seal_good{"姓名、电话、地址以密钥 {} 封存（{}）",
                                "names, telephones and addresses are sealed with key {} ({})"};
inline constexpr Text seal_key_beside{
    "姓名、电话、地址以密钥 {} 封存；密钥 {} 与数据在同一块盘上，整块盘被拿走时挡不住",
    "names, telephones and addresses are sealed with key {}; {} lies on the same disk, which is no "
    "help when that disk is taken"};
inline constexpr Text sealing_owed{"{} 里的姓名、地址还没有全部用密钥 {} 封存",
                                   "names and addresses in {} are not all sealed with key {} yet"};
inline constexpr Text sealing_owed_do{
    "腾出磁盘空间（约数据文件的四倍）；anjud 每小时补做一次，之后仍有此提示时重启 anjud",
    "free the disk (four times the room of the file): anjud tries once an hour; where this is said "
    "after that, restart anjud"};
inline constexpr Text seal_keys_old{"密钥文件 {} 里还有旧密钥", "the key file {} holds older keys"};
inline constexpr Text retire_keys{"anjuctl seal status；无数据使用后 anjuctl seal retire",
                                  "anjuctl seal status, and anjuctl seal retire once nothing is "
                                  "sealed with them"};

}  // namespace anju::ctl::text
