// What a run of setup leaves for the next one: the digests of the texts that it wrote, and what no
// service has been told of yet. Private to this module.
//
// Whether somebody has edited a text is seen by its digest: an update of the package brings other
// templates, and a text that was made of the earlier ones is nobody's work.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "provision/tree.hpp"

namespace anju::provision {

/// SHA-256, lower-case hex.
[[nodiscard]] std::string digest_of(std::string_view content);

/// /etc/anju/setup.written: a line "digest path" for each text. Under the lock of lock().
class WrittenTexts {
public:
    [[nodiscard]] static result<WrittenTexts> read(const Tree& tree);

    /// Whether this content is one that setup wrote there.
    [[nodiscard]] bool wrote(std::string_view path, std::string_view content) const;
    /// It is about to be written: what was there counts as ours until settle(), so that a power cut
    /// between the two leaves no text that is nobody's. Nothing is on the disk before save().
    void announce(std::string_view path, std::string_view content);
    /// Of this path only `content` is ours from now on.
    void settle(std::string_view path, std::string_view content);
    /// Writes the file where it would be another one.
    [[nodiscard]] result<void> save(const Tree& tree);

private:
    [[nodiscard]] std::string text() const;

    std::map<std::string, std::set<std::string>, std::less<>> digests_;
    std::string on_disk_;
};

/// /etc/anju/setup.due: a path a line; "*" stands for a run that was cut off, which may have
/// changed anything.
[[nodiscard]] result<std::vector<std::string>> read_due(const Tree& tree);
/// With none the file goes.
[[nodiscard]] result<void> write_due(const Tree& tree, const std::vector<std::string>& paths);

}  // namespace anju::provision
