#include "unit/proto/contract.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace anju::contract {
namespace {

namespace pb = google::protobuf;

/// Compiles every file in `root`/anju/v1 with protoc, which the build needs anyway.
pb::FileDescriptorSet compile(const std::string& root) {
    const auto target = std::filesystem::temp_directory_path() /
                        ("anju-contract-" + std::to_string(::getpid()) + ".desc");
    const auto quoted = [](const std::string& path) { return " '" + path + "'"; };
    std::string command = std::string(ANJU_PROTOC) + quoted("--proto_path=" + root) +
                          quoted("--descriptor_set_out=" + target.string());
    for (const auto& entry : std::filesystem::directory_iterator(root + "/anju/v1")) {
        if (entry.path().extension() == ".proto") command += quoted(entry.path().string());
    }
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
    std::string complaints;
    std::array<char, 512> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        complaints.append(buffer.data(), size);
    }
    const int status = ::pclose(pipe);
    pb::FileDescriptorSet out;
    std::ifstream in(target, std::ios::binary);
    const bool read = status == 0 && out.ParseFromIstream(&in);
    std::filesystem::remove(target);
    if (!read) throw std::runtime_error(command + "\n" + complaints);
    return out;
}

/// Files in an order in which each comes after those it imports.
std::vector<const pb::FileDescriptor*> build(const pb::FileDescriptorSet& files,
                                             pb::DescriptorPool& pool) {
    std::vector<const pb::FileDescriptor*> out;
    const auto importable = [&](const pb::FileDescriptorProto& file) {
        return std::all_of(
            file.dependency().begin(), file.dependency().end(),
            [&](const std::string& name) { return pool.FindFileByName(name) != nullptr; });
    };
    for (bool progress = true; progress;) {
        progress = false;
        for (const auto& file : files.file()) {
            if (pool.FindFileByName(file.name()) != nullptr || !importable(file)) continue;
            const auto* built = pool.BuildFile(file);
            if (built == nullptr) throw std::runtime_error(file.name() + " does not build");
            out.push_back(built);
            progress = true;
        }
    }
    if (std::ssize(out) != files.file_size()) throw std::runtime_error("unresolved imports");
    return out;
}

std::string type_of(const pb::FieldDescriptor& field) {
    std::string type = field.type_name();
    if (field.message_type() != nullptr) type += " " + field.message_type()->full_name();
    if (field.enum_type() != nullptr) type += " " + field.enum_type()->full_name();
    return type;
}

std::string label_of(const pb::FieldDescriptor& field) {
    if (field.is_repeated()) return "repeated";
    if (const auto* oneof = field.real_containing_oneof()) return "oneof " + oneof->name();
    return field.has_presence() && field.message_type() == nullptr ? "optional" : "single";
}

void read_enum(const pb::EnumDescriptor& type, Contract& out) {
    for (int i = 0; i < type.value_count(); ++i) {
        const auto& value = *type.value(i);
        out["value " + type.full_name() + " " + value.name()] = {value.number(), "", ""};
    }
}

void read_message(const pb::Descriptor& type, Contract& out) {
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        out["field " + type.full_name() + " " + field.name()] = {field.number(), type_of(field),
                                                                 label_of(field)};
    }
    for (int i = 0; i < type.nested_type_count(); ++i) read_message(*type.nested_type(i), out);
    for (int i = 0; i < type.enum_type_count(); ++i) read_enum(*type.enum_type(i), out);
}

/// "field anju.v1.SensorUplink" of "field anju.v1.SensorUplink seq".
std::string_view owner(std::string_view key) {
    return key.substr(0, key.rfind(' '));
}

std::string shown(const Fact& fact) {
    std::string out = std::to_string(fact.number);
    for (const std::string* part : {&fact.type, &fact.label}) {
        if (!part->empty()) out += ", " + *part;
    }
    return out;
}

Difference vanished(const std::string& key, const Fact& was, const Contract& lock,
                    const Contract& now) {
    for (const auto& [other, is] : now) {
        if (owner(other) == owner(key) && is == was && !lock.contains(other)) {
            return {Change::renamed, key, "is now called " + other};
        }
    }
    return {Change::removed, key, "was " + shown(was) + " and is gone"};
}

}  // namespace

Contract read_protos(const std::string& root) {
    pb::DescriptorPool pool;
    const pb::FileDescriptorSet compiled = compile(root);
    Contract out;
    for (const auto* file : build(compiled, pool)) {
        for (int i = 0; i < file->message_type_count(); ++i) {
            read_message(*file->message_type(i), out);
        }
        for (int i = 0; i < file->enum_type_count(); ++i) read_enum(*file->enum_type(i), out);
    }
    return out;
}

std::string to_text(const Contract& contract) {
    std::string out;
    for (const auto& [key, fact] : contract) {
        out += key + " = " + std::to_string(fact.number);
        if (!fact.type.empty()) out += "; " + fact.type + "; " + fact.label;
        out += "\n";
    }
    return out;
}

Contract from_text(std::string_view text) {
    Contract out;
    for (int number = 1; !text.empty(); ++number) {
        const std::string line(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto equals = line.find(" = ");
        Fact fact;
        const char* end = line.data() + line.size();
        const auto read = equals == std::string::npos
                              ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                              : std::from_chars(line.data() + equals + 3, end, fact.number);
        const std::string rest = read.ec == std::errc{} ? std::string(read.ptr, end) : "?";
        const auto second = rest.size() > 2 ? rest.find("; ", 2) : std::string::npos;
        if (rest.starts_with("; ") && second != std::string::npos) {
            fact.type = rest.substr(2, second - 2);
            fact.label = rest.substr(second + 2);
        } else if (!rest.empty()) {
            throw std::runtime_error("contract.lock:" + std::to_string(number) + ": " + line);
        }
        out.emplace(line.substr(0, equals), std::move(fact));
    }
    return out;
}

std::vector<Difference> compare(const Contract& lock, const Contract& now) {
    std::vector<Difference> out;
    for (const auto& [key, was] : lock) {
        const auto at = now.find(key);
        if (at == now.end()) {
            out.push_back(vanished(key, was, lock, now));
            continue;
        }
        const Fact& is = at->second;
        const std::string text = "was " + shown(was) + " and is " + shown(is);
        if (is.number != was.number) out.push_back({Change::renumbered, key, text});
        if (is.type != was.type) out.push_back({Change::retyped, key, text});
        if (is.label != was.label) out.push_back({Change::relabelled, key, text});
    }
    for (const auto& [key, is] : now) {
        if (!lock.contains(key)) out.push_back({Change::added, key, "is " + shown(is)});
    }
    return out;
}

}  // namespace anju::contract
