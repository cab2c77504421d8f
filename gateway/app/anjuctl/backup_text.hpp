// What anjuctl says of backups, in Chinese and in English.
#pragma once

#include "app/anjuctl/text.hpp"

namespace anju::ctl::text {

inline constexpr Text help_backup{"备份与恢复", "backups, and boxes that come from them"};
inline constexpr Text help_backup_key{
    "生成恢复码，并把公钥写在配置旁（盒子自己打不开备份）",
    "a recovery code; the box keeps its public half and cannot read its own backups"};
inline constexpr Text help_key_import{"用区里已有的公钥文件，不生成新码",
                                      "use a public key that exists, make no code"};
inline constexpr Text help_key_replace{"已有公钥时换掉：旧备份仍需旧码",
                                       "in the place of the one that is there: older backups keep "
                                       "needing the older code"};
inline constexpr Text help_backup_create{
    "做一份备份，运行中即可；不给文件名则放入数据目录，留最近几份",
    "make a backup while the gateway runs; without FILE in the data folder, the newest are kept"};
inline constexpr Text help_backup_keep{"数据目录里留几份", "how many stay in the data folder"};
inline constexpr Text help_backup_list{"数据目录里的备份", "backups in the data folder"};
inline constexpr Text help_backup_verify{"用恢复码通读并逐行核对",
                                         "read one through with its code and check every row"};
inline constexpr Text help_backup_restore{
    "由备份恢复此盒子（先停 anjud）：换新纪元，未被平台确认的再报一次",
    "make this box of a backup (stop anjud first): a new epoch, what is not acknowledged is told "
    "again"};
inline constexpr Text help_restore_replace{
    "已有的存储移入隔离区，已有的配置换掉（原件留作 .old）",
    "set a store that is here aside, replace configuration (the old one stays as .old)"};
inline constexpr Text help_stores_only{"只恢复数据，不动配置", "leave the configuration alone"};
inline constexpr Text help_code_file{
    "恢复码所在文件（600）；不给则在终端上问",
    "file with the recovery code (mode 600); else it is asked for"};
inline constexpr Text help_data_dir{"数据目录，默认按配置", "data folder, else as configured"};
inline constexpr Text help_broker_dir{"本机代理的口令与权限目录",
                                      "folder of the home broker's passwords and rights"};
inline constexpr Text help_backup_take_key{
    "从备份里取回封存密钥（只取密钥，数据不动）",
    "take the key of sealed names out of a backup; stores and configuration stay"};
inline constexpr Text key_is_there{"密钥文件里已有这把密钥", "the key file holds this key already"};
inline constexpr Text key_taken_out{"密钥已写入 {}；接着 systemctl restart anjud\n",
                                    "The key is in {} now; next: systemctl restart anjud\n"};
inline constexpr Text help_seal_key{"封存密钥文件，默认按配置",
                                    "key of sealed names, else as configured"};
inline constexpr Text help_reset{
    "出厂复位：抹去全部数据、配置、密钥，以及消息代理留存的消息（先停 anjud 和 mosquitto）",
    "erase all data, configuration, keys and what the broker keeps (stop anjud and mosquitto "
    "first)"};
inline constexpr Text help_reset_id{"重复网关编号以确认", "the gateway's id once more, to be sure"};

inline constexpr Text help_reset_root{
    "消息代理、缓存和更新的目录所在的根（镜像），默认 /",
    "where the folders of broker, cache and updates are looked for (an image), else /"};

inline constexpr Text ask_code{"恢复码: ", "Recovery code: "};
inline constexpr Text no_code{"没有恢复码", "no recovery code"};
inline constexpr Text give_code_file{"在终端上运行，或用 --code-file 指定文件",
                                     "run it at a terminal, or name a file with --code-file"};
inline constexpr Text new_code{
    "恢复码（只显示这一次，抄下并与盒子分开保管）：\n\n    {}\n\n"
    "没有它，任何人都打不开这台盒子的备份。标记 {}，公钥在 {}\n",
    "Recovery code, shown this once. Write it down and keep it away from the box:\n\n    {}\n\n"
    "Without it nobody can read the backups of this box. Mark {}, public key in {}\n"};
inline constexpr Text key_taken{"公钥 {} 已写入 {}\n", "Public key {} written to {}\n"};
inline constexpr Text key_exists{"已有公钥", "there is a key already"};
inline constexpr Text key_exists_do{"用 --replace 换掉", "--replace takes another"};
inline constexpr Text backup_made{"备份 {}，{:.1f} MB，已回读核对\n",
                                  "Backup {}, {:.1f} MB, read back and compared\n"};
inline constexpr Text backup_left_out{"未能读取，备份里没有：{}\n",
                                      "Could not be read, is not in the backup: {}\n"};
inline constexpr Text backup_left_out_do{"以 root 运行可备份全部\n",
                                         "Run as root to have all of it\n"};
inline constexpr Text backup_fine{"{}：网关 {}，{}，纪元 {}，每一行都核对无误\n",
                                  "{}: gateway {}, {}, epoch {}, every row is as it was written\n"};
inline constexpr Text restored{
    "网关 {} 已恢复到 {} 的状态。新纪元 {}，{} 条决定将再报一次，所有人须重新登录工作台。\n",
    "Gateway {} is as it was {}. New epoch {}, {} decisions are told again, everybody has to sign "
    "in to the console anew.\n"};
inline constexpr Text not_restored{
    "这份备份没有留下任何改动：原有的配置和存储照旧。\n",
    "Nothing of this backup is in place: what was there before stays "
    "as it was.\n"};
inline constexpr Text not_yet_restored{
    "密钥和配置已就位，只差存储：下一次启动 anjud 会完成恢复。\n",
    "Key and configuration are in place and the stores are not: the next start of anjud completes "
    "the restore.\n"};
inline constexpr Text half_restored{
    "此前有一次恢复中断，配置可能换了一半：网关在恢复完成之前不会启动。排除上面的原因后，再运行 "
    "anjuctl backup restore --replace；要放弃恢复，把配置旁的 .old 文件改回原名，再删去 {}\n",
    "An earlier restore was interrupted and the configuration may be half replaced: the box does "
    "not start before a restore is completed. Mend what is said above, then once more: anjuctl "
    "backup restore --replace. To give it up, put back what is called .old beside the "
    "configuration and remove {}\n"};
inline constexpr Text restored_kept{"保留了已有的 {}\n", "Kept {} as it is\n"};
inline constexpr Text restored_old{"原有的配置留作 {}\n", "What was there is {} now\n"};
inline constexpr Text restored_left{
    "原来的存储仍在 {}，含住户资料；不再需要时删去\n",
    "The store that was there before is still in {} and names residents: delete it when it is not "
    "needed any more\n"};
inline constexpr Text restored_next{
    "下一步：anjuctl setup --from /etc/anju/setup.toml --no-start；systemctl restart mosquitto "
    "anjud；anjuctl doctor\n",
    "Next: anjuctl setup --from /etc/anju/setup.toml --no-start; systemctl restart mosquitto "
    "anjud; anjuctl doctor\n"};
inline constexpr Text reset_wrong{"编号不符", "that is not this gateway's id"};
inline constexpr Text reset_done{
    "已抹去 {} 个文件。闪存上的旧块不受软件控制：卡片离手前请整卡擦除（blkdiscard）或销毁。\n",
    "{} files are erased. Old blocks of flash are out of reach of software: before the card leaves "
    "your hands discard it as a whole (blkdiscard) or destroy it.\n"};

}  // namespace anju::ctl::text
