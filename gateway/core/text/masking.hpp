// Names where not everybody who may read them should know the person.
#pragma once

#include <string>
#include <string_view>

namespace anju::text {

/// 王秀英 is 王**, 王英 is 王*, "Li Hua" is "L**": the first character and one asterisk for each
/// other, two at most. A name of one character is "*". Empty stays empty. `name` must be UTF-8.
[[nodiscard]] std::string masked_name(std::string_view name);

}  // namespace anju::text
