#include "firmware-sim/credentials.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <utility>

namespace anju::sim {

namespace {

namespace fs = std::filesystem;

std::string random_password() {
    std::random_device source;
    std::string out;
    for (int i = 0; i < 4; ++i) out += fmt::format("{:08x}", source());
    return out;
}

result<void> write_private(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::trunc);
    std::error_code error;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, error);
    out << text;
    out.close();
    if (!out || error) {
        return Error{"cannot write the file", file.string(), "check the directory's permissions"};
    }
    return {};
}

}  // namespace

result<std::string> read_password(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    if (!in || !std::getline(in, line)) {
        return Error{"cannot read the password", file.string(),
                     "put the password on its first line, or make the files with "
                     "'anju-sim credentials'"};
    }
    // Said out loud: in C++20 an Error, too, could be made from a string.
    return {boost::system::in_place_value, std::move(line)};
}

result<mqtt::Endpoint> endpoint_for(const std::string& uri, const std::string& user,
                                    const fs::path& credentials) {
    mqtt::Endpoint out;
    out.uri = uri;
    // Unique per process, so that a second simulator does not push the first off the broker.
    out.client_id = fmt::format("sim-{}-{}", user, ::getpid());
    out.clean_session = true;
    if (credentials.empty()) return out;
    std::error_code ignored;
    const bool directory = fs::is_directory(credentials, ignored);
    auto password = read_password(directory ? credentials / user : credentials);
    if (!password) return password.error();
    out.username = user;
    out.password = *password;
    return out;
}

result<void> make_credentials(const fs::path& directory, const std::vector<std::string>& users) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) return Error{"cannot make the directory", directory.string(), error.message()};
    std::string list;
    for (const auto& user : users) {
        const auto file = directory / user;
        result<std::string> password(boost::system::in_place_value, random_password());
        if (fs::exists(file, error)) password = read_password(file);
        if (!password) return password.error();
        if (auto written = write_private(file, *password + "\n"); !written) return written;
        list += user + ":" + *password + "\n";
    }
    return write_private(directory / "users.txt", list);
}

}  // namespace anju::sim
