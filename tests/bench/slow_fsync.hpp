// See slow_fsync.cpp.
#pragma once

/// For programs that link it; replaces ANJU_FSYNC_DELAY_MS.
void set_fsync_delay_ms(int ms);
