package dev.caravan.tensor;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;

/// An operation of the engine that the binding has no function for, called through the engine's table of operators.
enum Operator {
    ADAM_W("aten::_fused_adamw_"),
    SOFTMAX_GRADIENT("aten::_softmax_backward_data");

    private final OperatorHandle handle;

    Operator(String name) {
        handle = kept(Dispatcher.singleton().findSchemaOrThrow(name, ""));
    }

    /// The one tensor that it returns.
    Tensor call(IValue... arguments) {
        return run(arguments).get(0).toTensor();
    }

    /// Leaves what it returns, if anything, in the place of its arguments.
    IValueVector run(IValue... arguments) {
        var stack = new IValueVector(arguments);
        handle.callBoxed(stack);
        return stack;
    }

    /// The type of the entries of its first argument, which is a list.
    Type.TypePtr entryType() {
        return kept(handle.schema().arguments().type().get().containedType(0));
    }

    /// Lives as long as the process, not as long as the scope in which it is first asked for.
    private static <P extends Pointer> P kept(P pointer) {
        pointer.retainReference();
        return pointer;
    }
}
