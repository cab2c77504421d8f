// The files of a box, below its root or below a folder that stands for it (an image, a test).
//
// A power cut while a box is being set up must leave the old file or the new one, and a second
// run must be able to tell what the first one made. So every file is written beside its place,
// flushed, renamed, and the folder flushed; and what is there already is kept unless the caller
// says otherwise. Links are never followed: what is renamed over a link replaces the link.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace anju::provision {

/// Who may do what with a file. Names are looked up in the box's own passwd and group files.
struct Access {
    mode_t mode = 0600;
    std::string_view group = {};  ///< empty: root's. The owner is root always
};

/// What became of a file.
enum class Placed {
    made,       ///< was not there
    unchanged,  ///< was there with these very bytes
    kept,       ///< was there with others, and was left alone
    replaced,   ///< was there with others; for texts the old ones are beside it as NAME.old
};

class Tree {
public:
    /// `root` "/" or empty: this machine. No thread safety: one process sets up a box at a time,
    /// see lock().
    explicit Tree(std::filesystem::path root);

    /// Where "/etc/anju/ca" is to be found.
    [[nodiscard]] std::filesystem::path at(std::string_view path) const;
    [[nodiscard]] bool is_this_machine() const { return root_ == "/"; }

    /// The content of a regular file of at most 1 MiB; nullopt when there is none.
    [[nodiscard]] result<std::optional<std::string>> read(std::string_view path) const;

    /// Makes the folder and those above it (0755); one that is there keeps its mode and owner.
    [[nodiscard]] result<void> make_folder(std::string_view path, Access access) const;

    /// A key or a password: whatever is there stays, whatever it is.
    [[nodiscard]] result<Placed> place_secret(std::string_view path, std::string_view content,
                                              Access access) const;
    /// A text: other bytes stay (kept) unless `replace`, and then the old ones go to NAME.old.
    [[nodiscard]] result<Placed> place_text(std::string_view path, std::string_view content,
                                            Access access, bool replace) const;
    /// Whole or not at all, whatever was there.
    [[nodiscard]] result<void> write(std::string_view path, std::string_view content,
                                     Access access) const;
    /// As write(), with mode and group of the file that is there.
    [[nodiscard]] result<void> rewrite(std::string_view path, std::string_view content) const;
    [[nodiscard]] result<void> remove(std::string_view path) const;

private:
    struct Owner {
        uid_t user{};
        gid_t group{};
    };
    [[nodiscard]] Owner owner(Access access) const;
    [[nodiscard]] result<void> write_as(const std::filesystem::path& path, std::string_view content,
                                        mode_t mode, Owner owner) const;

    std::filesystem::path root_;
};

/// Held by whoever changes the files, so that two people adding a sensor at once do not lose one
/// of them. Released by the destructor, and by the kernel when the process dies.
class Lock {
public:
    Lock() = default;
    explicit Lock(int descriptor) : descriptor_(descriptor) {}
    ~Lock();
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;

private:
    int descriptor_ = -1;
};

/// An Error at once when somebody else has it. The folder /etc/anju must be there.
[[nodiscard]] result<Lock> lock(const Tree& tree);

}  // namespace anju::provision
