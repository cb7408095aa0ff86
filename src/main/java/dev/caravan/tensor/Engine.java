package dev.caravan.tensor;

import dev.caravan.TensorException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/// Starts libtorch once a process with the threads and waiting policy that suit the precision.
///
/// float32 products run in OpenBLAS's own threads, which fight with OpenMP threads that spin while they wait;
/// bfloat16 products run on OpenMP itself and lose 15–20 % when its threads sleep. So the policy is chosen here, by
/// precision, and has to be in the environment before the native library is loaded.
public final class Engine {
    private static boolean started;

    private Engine() {}

    /// @param threads compute threads; 0 means one a processor
    public static synchronized void start(Precision precision, int threads, Device device) {
        if (device.kind() == Device.Kind.CUDA) {
            throw new TensorException("device " + device + ": this version computes on the CPU only; use --device cpu");
        }
        int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        if (!started) {
            if (precision == Precision.FLOAT32) {
                setEnvironment("OMP_WAIT_POLICY", "PASSIVE");
            }
            setEnvironment("OMP_NUM_THREADS", Integer.toString(count));
            started = true;
        }
        torch.set_num_threads(count);
    }

    /// bfloat16 where the processor multiplies it in hardware, else float32.
    public static Precision fasterPrecision() {
        try {
            String flags = Files.readString(Path.of("/proc/cpuinfo"));
            return flags.contains("avx512_bf16") || flags.contains("amx_bf16") ? Precision.BFLOAT16 : Precision.FLOAT32;
        } catch (IOException _) {
            return Precision.FLOAT32; // no such file on this system
        }
    }

    public static int threads() {
        return torch.get_num_threads();
    }

    /// What decides bit-exactness, for manifests: library version, processor capability, threads.
    public static Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        versions.put("libtorch", String.valueOf(torch.class.getPackage().getImplementationVersion()));
        versions.put("processor_flags", torch.get_cpu_capability().getString());
        versions.put("threads", Integer.toString(threads()));
        return versions;
    }

    /// Native objects alive in this process: constant from step to step, or something leaks.
    public static long nativeObjects() {
        return Pointer.totalCount();
    }

    /// Bytes of memory of the whole process.
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }

    private static void setEnvironment(String name, String value) {
        if (System.getenv(name) != null) {
            return; // the user's own choice
        }
        var set = function(
                "setenv",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        if (set.isEmpty()) {
            return; // no POSIX environment: the library's defaults hold
        }
        try (var arena = Arena.ofConfined()) {
            int _ = (int) set.get().invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot set " + name, e);
        }
    }

    /// A function of the C library, where it has one of this name.
    static Optional<MethodHandle> function(String name, FunctionDescriptor signature) {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, signature));
    }
}
