package aesop;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of the library: its inputs as bytes in UTF-8 outside of the heap, and what it gave. Written by hand; the generated
 * classes stand on it.
 *
 * (1) Whatever the library gives is freed here, also when an exception is on its way.
 * (2) A method throws AesopException for an error and Rejected for a refusal; it returns only what was done.
 */
final class Call implements AutoCloseable {
    private static final AesopLibrary LIBRARY = AesopLibrary.INSTANCE;

    static {
        int number = LIBRARY.aesop_abi_version();
        if (number != AesopLibrary.ABI_VERSION)
            throw new LinkageError("the library has interface " + number + ", this binding was made for " + AesopLibrary.ABI_VERSION);
    }

    final PointerByReference answer = new PointerByReference();
    final PointerByReference error = new PointerByReference();
    private final List<Memory> memory = new ArrayList<>();

    AesopLibrary.Str text(String text) {
        if (text == null) return bytes(null);
        try {  // half a surrogate pair is an error, not a "?"
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes(bytes);
        } catch (CharacterCodingException problem) {
            throw new IllegalArgumentException("the text is no Unicode", problem);
        }
    }

    AesopLibrary.Str bytes(byte[] bytes) {
        AesopLibrary.Str str = new AesopLibrary.Str();
        if (bytes == null || bytes.length == 0) return str;
        Memory copy = new Memory(bytes.length);
        copy.write(0, bytes, 0, bytes.length);
        memory.add(copy);
        str.data = copy;
        str.size = new AesopLibrary.SizeT(bytes.length);
        return str;
    }

    AesopLibrary.RequestData request(Request request) {
        AesopLibrary.RequestData data = new AesopLibrary.RequestData();
        LIBRARY.aesop_request_init(data);
        data.commandId = text(request.commandId);
        data.at = microseconds(request.at);
        data.actor = text(request.actor);
        data.run = text(request.run);
        if (request.expectedRevision != null) data.expectedRevision = request.expectedRevision;
        if (request.occurredAt != null) data.occurredAt = microseconds(request.occurredAt);
        return data;
    }

    AesopLibrary.OpenOptionsData options(OpenOptions options) {
        if (options == null) return null;
        AesopLibrary.OpenOptionsData data = new AesopLibrary.OpenOptionsData();
        LIBRARY.aesop_open_options_init(data);
        data.create = options.create ? 1 : 0;
        data.readOnly = options.readOnly ? 1 : 0;
        data.exclusive = options.exclusive ? 1 : 0;
        data.allowNetwork = options.allowNetwork ? 1 : 0;
        data.busyMilliseconds = options.busyMilliseconds;
        return data;
    }

    static long microseconds(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }

    void check(int number) {
        if (number == Status.OK.number) return;
        if (number == Status.REJECTED.number) throw new Rejected(take());
        Pointer problem = error.getValue();
        if (problem == null) throw new AesopException(Status.of(number), sentence(LIBRARY.aesop_status_text(number)), "", "");
        throw new AesopException(Status.of(number), sentence(LIBRARY.aesop_error_message(problem)),
            sentence(LIBRARY.aesop_error_help(problem)), sentence(LIBRARY.aesop_error_json(problem)));
    }

    String take() {
        Pointer text = answer.getValue();
        if (text == null) return "";
        int size = LIBRARY.aesop_text_size(text).intValue();
        return new String(LIBRARY.aesop_text_data(text).getByteArray(0, size), StandardCharsets.UTF_8);
    }

    /** A text that ends with a NUL and stays the library's. */
    static String sentence(Pointer text) {
        return text == null ? "" : text.getString(0, "UTF-8");
    }

    @Override
    public void close() {
        LIBRARY.aesop_text_free(answer.getValue());
        LIBRARY.aesop_error_free(error.getValue());
        memory.clear();
    }
}
