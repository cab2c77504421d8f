// How the box does and why it does not protect, in Chinese and in English (text.hpp).
#pragma once

#include <array>

#include "app/anjuctl/text.hpp"

namespace anju::ctl {

/// Names of runtime/protection.hpp.
inline constexpr auto unprotected = std::to_array<Term>({
    {"starting", "刚启动", "starting"},
    {"home_broker", "没有守护：听不到家里", "does not protect: nothing in the home is heard"},
    {"no_sensor", "没有守护：收不到任何传感器的数据", "does not protect: no sensor is heard"},
    {"disk_full", "没有守护：磁盘已满，读数不收",
     "does not protect: the disk is full and readings are refused"},
    {"clock", "没有守护：时钟一天无人校准", "does not protect: nobody has set the clock for a day"},
    {"nobody_told", "没有守护：区平台和通知渠道都不通",
     "does not protect: neither the district nor any channel can be reached"},
});

namespace text {

inline constexpr Text protection{"守护", "Protection"};
inline constexpr Text protects{"正在守护", "the box protects"};
inline constexpr Text board{"主板", "Board"};
inline constexpr Text box_heat{"{} °C", "{} °C"};
inline constexpr Text box_up{"已运行 {}", "up {}"};
inline constexpr Text box_boots{"开机 {} 次", "{} starts"};
inline constexpr Text box_free{"磁盘剩余 {} MB", "{} MB free"};
inline constexpr Text box_worn{"{} 寿命已用约 {} %", "about {1} % of the life of {0} used"};

}  // namespace text
}  // namespace anju::ctl
