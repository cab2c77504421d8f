// Names of persons in messages that more people read than have to.
#pragma once

#include <string>
#include <string_view>

namespace anju::notify {

/// - A Chinese name keeps its surname, each further character becomes a star: 王秀兰 -> 王**. Of
///   three characters or more a compound surname counts as such: 欧阳娜娜 -> 欧阳**; of two only
///   the first character stays, for 欧阳 alone may be 欧 and 阳: 欧*.
/// - A name with a middle dot (阿迪力·买买提) keeps its first character and hides how long it is:
/// 阿**.
/// - Of a name in another script each word keeps its first letter: "John Smith" -> "J** S**".
/// - One character alone is followed by a star; an empty name stays empty. What is not UTF-8
///   becomes "**".
[[nodiscard]] std::string masked_name(std::string_view name);

}  // namespace anju::notify
