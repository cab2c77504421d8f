// What doctor says of the board: heat, power, worn storage, memory.
#pragma once

#include "app/anjuctl/findings.hpp"
#include "system/board.hpp"

namespace anju::ctl {

/// What a board does not tell is neither good nor bad, and is not spoken of.
void examine_board(const system::Board& board, Findings& findings);

}  // namespace anju::ctl
