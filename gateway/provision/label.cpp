#include "provision/label.hpp"

#include <qrencode.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>

#include "base/markup.hpp"

namespace anju::provision {
namespace {

constexpr std::size_t longest = 1024;
constexpr int quiet = 4;  // modules around it, as the standard wants

/// Light outside of the code: the quiet zone needs no case of its own.
class Code {
public:
    static result<Code> of(std::string_view content) {
        if (content.empty() || content.size() > longest) {
            return Error{"a code holds 1 to 1024 bytes", "", ""};
        }
        QRcode* const made =
            QRcode_encodeData(static_cast<int>(content.size()),
                              reinterpret_cast<const unsigned char*>(content.data()), 0,
                              QR_ECLEVEL_M);  // a label gets scratched: 15 % may be missing
        if (made == nullptr) {
            return Error{std::string("cannot make the code: ") + std::strerror(errno), "", ""};
        }
        return Code(made);
    }
    [[nodiscard]] int width() const { return code_->width; }
    [[nodiscard]] bool dark(int row, int column) const {
        if (row < 0 || column < 0 || row >= width() || column >= width()) return false;
        const std::ptrdiff_t at = std::ptrdiff_t{row} * width() + column;
        return (code_->data[at] & 1U) != 0;
    }

private:
    struct Free {
        void operator()(QRcode* code) const { QRcode_free(code); }
    };
    explicit Code(QRcode* code) : code_(code) {}
    std::unique_ptr<QRcode, Free> code_;
};

}  // namespace

result<std::string> code_for_terminal(std::string_view content) {
    const auto code = Code::of(content);
    if (!code) return code.error();
    std::string out;
    const int end = code->width() + quiet;
    for (int row = -quiet; row < end; row += 2) {
        for (int column = -quiet; column < end; ++column) {
            const bool above = !code->dark(row, column);
            const bool below = row + 1 < end && !code->dark(row + 1, column);
            out += above ? (below ? "█" : "▀") : (below ? "▄" : " ");
        }
        out += '\n';
    }
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

result<std::string> code_as_svg(std::string_view content,
                                const std::vector<std::string>& captions) {
    const auto code = Code::of(content);
    if (!code) return code.error();
    const int side = code->width() + 2 * quiet;
    const int line = side / 12;
    const int height = side + side / 4;
    std::string out =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40mm\" height=\"50mm\" "
        "viewBox=\"0 0 " +
        std::to_string(side) + " " + std::to_string(height) + "\">\n";
    out += "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\"";
    for (int row = 0; row < code->width(); ++row) {
        for (int column = 0; column < code->width(); ++column) {
            if (!code->dark(row, column)) continue;
            int run = 1;
            while (code->dark(row, column + run)) ++run;
            out += "M" + std::to_string(column + quiet) + " " + std::to_string(row + quiet) + "h" +
                   std::to_string(run) + "v1h-" + std::to_string(run) + "z";
            column += run;
        }
    }
    out += "\"/>\n";
    int at = side + line / 2;
    for (const std::string& caption : captions) {
        out += "<text x=\"" + std::to_string(quiet) + "\" y=\"" + std::to_string(at) +
               "\" font-family=\"sans-serif\" font-size=\"" + std::to_string(line) + "\">" +
               markup_escape(caption) + "</text>\n";
        at += line + line / 4;
    }
    out += "</svg>\n";
    return result<std::string>{boost::system::in_place_value, std::move(out)};
}

}  // namespace anju::provision
