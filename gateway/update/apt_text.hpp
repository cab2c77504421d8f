// What apt and dpkg print, and what follows from it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anju::update {

/// Of a control file, of apt's lists or of anything else in paragraphs with an empty line between.
[[nodiscard]] std::vector<std::string> paragraphs_of(const std::string& text);
/// Of one paragraph: the value of `field`, of its first line; empty when there is none. Names of
/// fields are compared without case.
[[nodiscard]] std::string field_of(const std::string& paragraph, const std::string& field);

/// Letters, digits and . + ~ : - only, a digit first, as Debian's policy has it.
[[nodiscard]] bool good_version(std::string_view version);
/// Of a good version, the name of the folder with its packages: as apt writes names of files, but
/// for the sign of its escapes, which is one in addresses as well. "1:2.0" is "1_2.0"; no version
/// has a _ of its own.
[[nodiscard]] std::string folder_name(std::string_view version);

/// One package as the signed source gives it, or as it lies on the disk.
struct Sum {
    std::string name;  ///< of the package; on the disk of the file
    std::uint64_t size = 0;
    std::string sha256;  ///< 64 digits, small

    friend bool operator==(const Sum&, const Sum&) = default;
};

/// What `shown`, by `apt-cache show`, says of `packages` in `version`, in the order of `packages`.
/// Paragraphs without a file to fetch, as of what is only installed, say nothing. Twice the same is
/// once; a package with two different sums is there twice.
[[nodiscard]] std::vector<Sum> sums_in(const std::string& shown, const std::string& version,
                                       const std::vector<std::string>& packages);

/// "" when `files` are, byte for byte, what `indexed` names, each once and nothing else; otherwise
/// the name of the first file or package that is not.
[[nodiscard]] std::string differs(const std::vector<Sum>& indexed, const std::vector<Sum>& files);

/// Of the file SHA256SUMS: the names in it.
[[nodiscard]] std::vector<std::string> names_in_sums(const std::string& sums);

/// Whether dpkg says that scripts of one of Anju's new packages ended with an error, and nothing in
/// the same breath says that the disk, the memory or a signal made them. Anything else that went
/// wrong (a lock, a line, a disk, a power cut) is no fault of the version.
[[nodiscard]] bool own_scripts_failed(std::string_view said);

}  // namespace anju::update
