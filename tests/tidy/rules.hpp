// What a linker cannot check, as functions from a tree to findings. Each is an ordinary test of
// the real tree (tree_test.cpp) and is itself tested on small bad examples (rules_test.cpp).
#pragma once

#include <string_view>

#include "tests/tidy/tree.hpp"

namespace anju::tidy {

/// Longer files ask for a split.
inline constexpr std::size_t max_lines = 400;

/// gateway/core and drivers: no clock, thread, chance, environment, file, socket or database;
/// core includes the standard library and itself only.
[[nodiscard]] Findings core_is_pure(const Tree& tree);

/// #include goes inward only, by the table in arrows.cpp.
[[nodiscard]] Findings arrows_point_inward(const Tree& tree);

/// Asio and Beast cost seconds a translation unit: not in headers of what is shipped.
[[nodiscard]] Findings headers_are_light(const Tree& tree);

/// No file is longer than max_lines but those in `list` ("path lines", one a line), none of
/// which has grown. A line for a file that has become short or is gone is a finding too: the
/// list only shrinks.
[[nodiscard]] Findings files_are_short(const Tree& tree, std::string_view list);

/// No path that exists on one person's machine only.
[[nodiscard]] Findings no_machine_paths(const Tree& tree);

/// Every source says on top what it is for, or begins with its own header, which does, or is a
/// test, whose names do; a header is guarded by #pragma once.
[[nodiscard]] Findings files_introduce_themselves(const Tree& tree);

/// Nothing is left for later in a comment, and no test is switched off.
[[nodiscard]] Findings nothing_is_left_undone(const Tree& tree);

/// Links of the documentation to files of the repository lead somewhere.
[[nodiscard]] Findings links_resolve(const Tree& tree);

}  // namespace anju::tidy
