#include "store/read_thread.hpp"

namespace anju::store {

ReadThread::ReadThread(Options options)
    : options_(std::move(options)), thread_([this] { loop(); }) {}

ReadThread::~ReadThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

bool ReadThread::run(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() >= options_.most) {
            ++turned_away_;
            return false;
        }
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

void ReadThread::loop() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (stopping_) return;
        const Work work = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        working_since_ = std::chrono::steady_clock::now();
        work(open());
        lock.lock();
    }
}

/// Opened with the first question, and kept: between questions it holds nothing.
result<StoreReader*> ReadThread::open() {
    if (reader_) return reader_.get();
    auto opened = StoreReader::open(options_.data_dir, options_.keys);
    if (!opened) return opened.error();
    reader_ = std::move(*opened);
    Slices slices = options_.slices;
    slices.between = [this, before = options_.slices.between] {
        return (!before || before()) && rest();
    };
    reader_->read_in(std::move(slices));
    return reader_.get();
}

bool ReadThread::rest() {
    const auto worked = std::chrono::steady_clock::now() - working_since_;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, worked / 4, [this] { return stopping_; });
    working_since_ = std::chrono::steady_clock::now();
    return !stopping_;
}

}  // namespace anju::store
