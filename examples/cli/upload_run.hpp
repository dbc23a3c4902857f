// SPDX-License-Identifier: MIT
#ifndef CRIA_CLI_UPLOAD_RUN_HPP
#define CRIA_CLI_UPLOAD_RUN_HPP

#include <memory>
#include <optional>
#include <utility>

#include "cria/base/result.hpp"
#include "cria/upload/executor.hpp"
#include "cria/upload/options.hpp"
#include "cria/upload/report.hpp"
#include "cria/upload/resident.hpp"
#include "cria/upload/runtime.hpp"
#include "device.hpp"
#include "progress.hpp"
#include "streams.hpp"

// One upload as a command does it: watched by a progress line, ended by Ctrl-C, and gone when it has been reported. A
// template over what drives the devices: device_cuda.cpp has CUDA, the tests have devices of their own.

namespace cli {

/// A line for who waits for an upload. It goes on until Ctrl-C.
class upload_watch {
public:
    auto operator()(const cria::upload::progress& now) -> bool {
        if (!shown_) shown_.emplace(now.total_bytes);
        if (now.at == cria::upload::phase::copying) shown_->at(now.done_bytes);
        if (now.at == cria::upload::phase::verifying) shown_->finish();
        return !interrupted();
    }

private:
    std::optional<progress> shown_;
};

/// Fails: as upload::execute, and as memory's release, which is not left to a destructor.
template <cria::upload::runtime R>
[[nodiscard]] auto run_upload(R& runtime, const upload_request& asked) -> cria::result<std::shared_ptr<const cria::upload::report>> {
    namespace upload = cria::upload;
    upload_watch watch;
    upload::options<R> options;
    options.how = asked.how;
    options.verify = asked.verify;
    options.n_workers = asked.n_workers;
    options.devices = asked.devices;
    options.on_progress = watch;
    if (interrupted()) return cria::error{cria::errc::cancelled, "upload"};
    CRIA_TRY(auto there, upload::execute(runtime, asked.plan, asked.sources, options));
    const auto kept = std::make_shared<upload::resident<R>>(std::move(there));
    CRIA_TRY_VOID(kept->release());
    return std::shared_ptr<const upload::report>(kept, &kept->report());  // without arenas it no longer needs the runtime
}

}  // namespace cli

#endif  // CRIA_CLI_UPLOAD_RUN_HPP
