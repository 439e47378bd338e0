// What Aesop.cs (generated) stands on: requests, errors, strings across the border. Written by hand; .NET Framework 4.5 and
// later, Mono, .NET: C# 7, no packages.
//
//   (1) Whatever the library gives is freed here, also when an exception is on its way.
//   (2) A method throws AesopException for an error and Rejected for a refusal; it returns only what was done.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace Aesop {
  /// <summary>Something could not be asked or done. Status names it for ever; Help says what to do.</summary>
  public class AesopException : Exception {
    internal AesopException(Status status, string message, string help, string json) : base(message) {
      Status = status;
      Help = help;
      Json = json;
    }
    public Status Status { get; }
    /// <summary>What to do about it; may be empty.</summary>
    public string Help { get; }
    /// <summary>{"code", "message", "help"?, "findings"?} as JSON.</summary>
    public string Json { get; }
  }

  /// <summary>A command was understood and refused; nothing has changed and the attempt is in the log. Answer says why, as JSON:
  /// {"reason", "message", ...}.</summary>
  public sealed class Rejected : AesopException {
    internal Rejected(string answer) : base(Status.Rejected, "refused: " + answer, "", answer) { Answer = answer; }
    public string Answer { get; }
  }

  /// <summary>What a gate said, and its report as JSON: {verdict, failures: [{check, message, fix, ...}], receipt, ...}.</summary>
  public sealed class Report {
    internal Report(Verdict verdict, string json) {
      Verdict = verdict;
      Json = json;
    }
    public Verdict Verdict { get; }
    public string Json { get; }
  }

  /// <summary>Who asks, when, and under which id: what every command that writes has.</summary>
  public sealed class Request {
    /// <summary>Names this request for ever: the same id again gives the same answer and does nothing.</summary>
    public string CommandId { get; set; }
    /// <summary>Now.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>JSON: {"id": "ana", "roles": ["biller"], "scope": "org/west"}; or an id alone.</summary>
    public string Actor { get; set; }
    /// <summary>The run; null where a task names it, or where there is none.</summary>
    public string Run { get; set; }
    /// <summary>Refuse with `conflict` when the run has moved on.</summary>
    public ulong? ExpectedRevision { get; set; }
    /// <summary>A late fact: when it happened.</summary>
    public DateTimeOffset? OccurredAt { get; set; }
  }

  /// <summary>How an engine opens its store.</summary>
  public sealed class OpenOptions {
    /// <summary>Make the store when it is not there.</summary>
    public bool Create { get; set; } = true;
    public bool ReadOnly { get; set; }
    /// <summary>This process alone; faster.</summary>
    public bool Exclusive { get; set; }
    /// <summary>Also on a network file system; read docs/storage.md first.</summary>
    public bool AllowNetwork { get; set; }
    /// <summary>How long a call waits for other writers before it fails with Busy.</summary>
    public uint BusyMilliseconds { get; set; } = 5000;
  }

  internal static class Time {
    private static readonly long Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    internal static long ToMicroseconds(DateTimeOffset time) {
      long ticks = time.UtcTicks - Epoch;
      return ticks >= 0 ? ticks / 10 : -((9 - ticks) / 10);  // down, also before 1970
    }
  }

  /// <summary>One call of the library: its inputs as unmanaged bytes, and what it gave. Freed together.</summary>
  internal sealed class Call : IDisposable {
    internal IntPtr Answer;
    internal IntPtr Error;
    private readonly List<IntPtr> memory = new List<IntPtr>();
    private static readonly Encoding Utf8 = new UTF8Encoding(false, true);  // half a surrogate pair is an error, not a "?"
    private static bool fits;

    internal Call() {
      if (fits) return;
      uint number = Native.aesop_abi_version();
      if (number != Native.AbiVersion)
        throw new NotSupportedException("the library has interface " + number + ", this binding was made for " + Native.AbiVersion);
      fits = true;
    }

    internal StrData Text(string text) {
      return Bytes(text == null ? null : Utf8.GetBytes(text));
    }

    internal StrData Bytes(byte[] bytes) {
      if (bytes == null || bytes.Length == 0) return new StrData();
      IntPtr copy = Marshal.AllocHGlobal(bytes.Length);
      memory.Add(copy);
      Marshal.Copy(bytes, 0, copy, bytes.Length);
      return new StrData { Data = copy, Size = new UIntPtr((uint)bytes.Length) };
    }

    internal RequestData Request(Request request) {
      if (request == null) throw new ArgumentNullException("request");
      var data = new RequestData();
      Native.aesop_request_init(ref data);
      data.CommandId = Text(request.CommandId);
      if (request.At != default(DateTimeOffset)) data.At = Time.ToMicroseconds(request.At);  // forgotten is an error, not year 1
      data.Actor = Text(request.Actor);
      data.Run = Text(request.Run);
      if (request.ExpectedRevision != null) data.ExpectedRevision = request.ExpectedRevision.Value;
      if (request.OccurredAt != null) data.OccurredAt = Time.ToMicroseconds(request.OccurredAt.Value);
      return data;
    }

    internal OpenOptionsData Options(OpenOptions options) {
      var data = new OpenOptionsData();
      Native.aesop_open_options_init(ref data);
      if (options == null) return data;
      data.Create = options.Create ? 1u : 0u;
      data.ReadOnly = options.ReadOnly ? 1u : 0u;
      data.Exclusive = options.Exclusive ? 1u : 0u;
      data.AllowNetwork = options.AllowNetwork ? 1u : 0u;
      data.BusyMilliseconds = options.BusyMilliseconds;
      return data;
    }

    internal void Check(Status status) {
      if (status == Status.Ok) return;
      if (status == Status.Rejected) throw new Rejected(Take());
      if (Error == IntPtr.Zero) throw new AesopException(status, Sentence(Native.aesop_status_text(status)), "", "");
      throw new AesopException(status, Sentence(Native.aesop_error_message(Error)), Sentence(Native.aesop_error_help(Error)),
                               Sentence(Native.aesop_error_json(Error)));
    }

    internal string Take() {
      if (Answer == IntPtr.Zero) return "";
      return Read(Native.aesop_text_data(Answer), (int)Native.aesop_text_size(Answer).ToUInt32());
    }

    public void Dispose() {
      Native.aesop_text_free(Answer);
      Native.aesop_error_free(Error);
      foreach (IntPtr one in memory) Marshal.FreeHGlobal(one);
      memory.Clear();
    }

    /// <summary>A text that ends with a NUL and stays the library's.</summary>
    internal static string Sentence(IntPtr text) {
      if (text == IntPtr.Zero) return "";
      int size = 0;
      while (Marshal.ReadByte(text, size) != 0) ++size;
      return Read(text, size);
    }

    private static string Read(IntPtr data, int size) {
      if (data == IntPtr.Zero || size == 0) return "";
      var bytes = new byte[size];
      Marshal.Copy(data, bytes, 0, size);
      return Encoding.UTF8.GetString(bytes);
    }
  }
}
