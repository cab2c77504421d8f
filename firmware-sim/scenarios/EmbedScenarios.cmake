# Writes OUTPUT, a C++ table of the TOML files in the list FILES. Run with cmake -P.
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  file(READ "${file}" text)
  string(APPEND entries "    {\"${name}\", R\"~~(${text})~~\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made from firmware-sim/scenarios/*.toml.
#include \"firmware-sim/scenario/scenario_table.hpp\"

namespace anju::sim {

std::span<const EmbeddedScenario> embedded_scenarios() {
    static constexpr EmbeddedScenario table[] = {
${entries}    };
    return table;
}

}  // namespace anju::sim
")
