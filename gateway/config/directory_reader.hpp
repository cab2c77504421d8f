// Reads a directory file part by part; directory.cpp puts the parts together. Private to this
// module.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "config/config.hpp"
#include "config/section.hpp"

namespace anju::config {

/// Ids of one kind that were used, and where first.
class Ids {
public:
    explicit Ids(std::string_view what) : what_(what) {}
    /// The value of "id", checked; empty when it is missing or wrong.
    std::string read(Section& section);
    [[nodiscard]] bool has(const std::string& id) const { return seen_.contains(id); }

private:
    std::string_view what_;
    std::unordered_map<std::string, std::string> seen_;
};

/// 1 to 64 bytes that can be part of a topic and of an alert id.
[[nodiscard]] bool good_id(const std::string& id);
[[nodiscard]] bool control_character(char c);
/// The value of `key`, at most `longest` bytes; empty when absent.
std::string read_line(Section& section, std::string_view key, std::size_t longest);
/// A number as it is dialled: digits, blanks, + - ( ); empty when absent.
std::string read_phone(Section& section, std::string_view key);

class DeviceReader {
public:
    explicit DeviceReader(const DirectoryNames& names) : names_(names) {}
    Device read(Section& section);

private:
    void address(Section& section, Device& out);
    void profile(Section& section, Device& out) const;
    static void key(Section& section, Device& out);
    static void rhythm(Section& section, bool kind_known, Device& out);

    const DirectoryNames& names_;
    Ids devices_{"device"};
    std::map<std::pair<std::string, std::string>, std::string> addresses_;
};

class CommunityReader {
public:
    explicit CommunityReader(const DirectoryBase& base) : base_(base) {}
    Community read(Section& section);

private:
    Worker worker(Section& section);
    static std::vector<WorkerId> on_duty(Section& section, const Community& community);
    static void duty(Section& section, Community& community);
    static void day(Section& section, std::string_view key, const std::string& text, Date date,
                    const std::vector<WorkerId>& workers, Community& community);

    const DirectoryBase& base_;
    Ids communities_{"community"};
    Ids workers_{"worker"};
};

class HomeReader {
public:
    /// `communities` are all there will be, those of the file first.
    HomeReader(const DirectoryBase& base, const DirectoryNames& names,
               const std::vector<const Community*>& communities)
        : base_(base), communities_(communities), devices_(names) {}
    Household read(Section& section);

private:
    const Community* community(Section& section, Household& out);
    Drill drill(Section& section) const;
    Resident resident(Section& section, const Community* community);
    static ContactPerson contact(Section& section);
    CareProfile care(Section& section, const Community* community);
    static void worker(Section& section, const Community* community, CareProfile& out);

    const DirectoryBase& base_;
    const std::vector<const Community*>& communities_;
    DeviceReader devices_;
    Ids households_{"household"};
    Ids residents_{"resident"};
};

}  // namespace anju::config
