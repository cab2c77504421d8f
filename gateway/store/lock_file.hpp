// Keeps a second anjud away from a data folder. An flock ends with its process, however that
// ends, so there is no stale lock to clean up.
#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace anju::store {

/// Held as long as the object lives.
class LockFile {
public:
    /// Fails with the holder's process id when somebody else holds it.
    static result<LockFile> acquire(const std::filesystem::path& file);
    ~LockFile();
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace anju::store
