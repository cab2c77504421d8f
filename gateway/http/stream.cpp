#include "http/stream.hpp"

#include <utility>

namespace anju::http {

bool Stream::push(Chunk chunk) {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    if (queue_.size() >= limits_.chunks || chunk->size() > limits_.bytes - bytes_) {
        // Nothing in between may be missing: what waits is of no use without what follows.
        closed_ = overflowed_ = true;
        queue_.clear();
        if (wake_) wake_();
        return false;
    }
    bytes_ += chunk->size();
    queue_.push_back(std::move(chunk));
    if (wake_ && !std::exchange(woken_, true)) wake_();
    return true;
}

void Stream::close() {
    const std::lock_guard lock(mutex_);
    on_gone_ = nullptr;
    if (std::exchange(closed_, true)) return;
    if (wake_ && !std::exchange(woken_, true)) wake_();
}

bool Stream::closed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

StreamReader::~StreamReader() {
    std::function<void()> gone;
    std::function<void(std::function<void()>)> hand_over;
    {
        const std::lock_guard lock(stream_->mutex_);
        stream_->closed_ = true;
        stream_->queue_.clear();
        stream_->wake_ = nullptr;
        gone = std::exchange(stream_->on_gone_, nullptr);
        hand_over = std::exchange(stream_->hand_over_, nullptr);
    }
    if (gone && hand_over) {
        hand_over(std::move(gone));
    } else if (gone) {
        gone();
    }
}

void StreamReader::carry_with(std::function<void(std::function<void()>)> hand_over) {
    const std::lock_guard lock(stream_->mutex_);
    stream_->hand_over_ = std::move(hand_over);
}

void StreamReader::wake_with(std::function<void()> wake) {
    const std::lock_guard lock(stream_->mutex_);
    stream_->wake_ = std::move(wake);
}

StreamReader::Batch StreamReader::take(std::size_t most) {
    const std::lock_guard lock(stream_->mutex_);
    stream_->woken_ = false;
    Batch out;
    auto& queue = stream_->queue_;
    while (!queue.empty()) {
        const std::string& next = *queue.front();
        if (!out.bytes.empty() && out.bytes.size() + next.size() > most) break;
        out.bytes += next;
        stream_->bytes_ -= next.size();
        queue.pop_front();
    }
    out.last = stream_->closed_ && queue.empty();
    return out;
}

bool StreamReader::overflowed() const {
    const std::lock_guard lock(stream_->mutex_);
    return stream_->overflowed_;
}

StreamAnswer start_stream(Stream::Limits limits, std::function<void()> on_gone) {
    auto stream = std::make_shared<Stream>(limits, std::move(on_gone));
    Response response{200, "text/event-stream; charset=utf-8", {}};
    // A proxy that collects events before it passes them on makes them late (nginx).
    response.fields = {{"X-Accel-Buffering", "no"}};
    response.stream = std::make_shared<StreamReader>(stream);
    return {std::move(stream), std::move(response)};
}

std::string event_text(std::string_view name, std::string_view data,
                       std::optional<std::uint64_t> id) {
    std::string out;
    if (id) out += "id: " + std::to_string(*id) + "\n";
    out.append("event: ").append(name).append("\ndata: ");
    for (const char c : data) {
        if (c == '\r') continue;
        out += c;
        if (c == '\n') out += "data: ";
    }
    return out + "\n\n";
}

}  // namespace anju::http
