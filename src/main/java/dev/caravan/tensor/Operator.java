package dev.caravan.tensor;

import dev.caravan.TensorException;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;

/// An operation of the engine that the binding has no function for, called through the engine's table of operators.
enum Operator {
    ADAM_W("aten::_fused_adamw_"),
    SOFTMAX_GRADIENT("aten::_softmax_backward_data"),
    PACK_WEIGHT("mkldnn::_reorder_linear_weight"), // these two only on processors that oneDNN is built for
    PACKED_LINEAR("mkldnn::_linear_pointwise");

    private final Optional<OperatorHandle> handle;

    Operator(String name) {
        boolean known =
                Dispatcher.singleton().findSchema(new OperatorName(name, "")).has_value();
        handle = known ? Optional.of(kept(Dispatcher.singleton().findSchemaOrThrow(name, ""))) : Optional.empty();
    }

    boolean exists() {
        return handle.isPresent();
    }

    private OperatorHandle handle() {
        return handle.orElseThrow(() -> new TensorException(name() + " is not in this build of the engine"));
    }

    /// The one tensor that it returns.
    Tensor call(IValue... arguments) {
        return new Tensor(run(arguments).get(0).toTensor()); // what the stack gives out is only lent
    }

    /// Leaves what it returns, if anything, in the place of its arguments.
    IValueVector run(IValue... arguments) {
        var stack = new IValueVector(arguments);
        handle().callBoxed(stack);
        return stack;
    }

    /// The type of the entries of an argument that is a list.
    Type.TypePtr entryType(int argument) {
        var arguments = handle().schema().arguments();
        return kept(arguments.getPointer(argument).type().get().containedType(0));
    }

    /// Lives as long as the process, not as long as the scope in which it is first asked for.
    private static <P extends Pointer> P kept(P pointer) {
        pointer.retainReference();
        return pointer;
    }
}
