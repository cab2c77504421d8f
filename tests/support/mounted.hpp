// A real small file system, or a folder that shows in a second place, gone with the object. Needs
// the right to mount: a test that lacks it is to be skipped.
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <utility>

namespace anju::test {

class Mounted {
public:
    /// `options`: of a tmpfs, see mount(8).
    static Mounted tmpfs(const std::filesystem::path& where, const char* options = "size=4m") {
        return Mounted(where, ::mount("tmpfs", where.c_str(), "tmpfs", 0, options) == 0);
    }
    /// `what` shows at `where` too.
    static Mounted bind(const std::filesystem::path& what, const std::filesystem::path& where) {
        return Mounted(where, ::mount(what.c_str(), where.c_str(), "", MS_BIND, nullptr) == 0);
    }
    ~Mounted() { unmount(); }
    Mounted(const Mounted&) = delete;
    Mounted& operator=(const Mounted&) = delete;

    explicit operator bool() const { return mounted_; }
    void unmount() {
        if (std::exchange(mounted_, false)) ::umount2(where_.c_str(), MNT_DETACH);
    }

private:
    Mounted(std::filesystem::path where, bool mounted)
        : where_(std::move(where)), mounted_(mounted) {}
    std::filesystem::path where_;
    bool mounted_;
};

}  // namespace anju::test
