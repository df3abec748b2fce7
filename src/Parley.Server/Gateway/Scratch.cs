using Parley.Protocol.Envelope;

namespace Parley.Server.Gateway;

/// <summary>Reused writers of this thread. Each has one purpose, so that building one payload never disturbs another.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static PayloadWriter? _answer;

    [ThreadStatic]
    private static PayloadWriter? _notification;

    [ThreadStatic]
    private static PayloadWriter? _part;

    [ThreadStatic]
    private static PayloadWriter? _v2Frame;

    [ThreadStatic]
    private static PayloadWriter? _v3Frame;

    /// <summary>For the frame of an answer.</summary>
    public static PayloadWriter Answer => (_answer ??= new()).Reset();

    /// <summary>For the frame of a notification.</summary>
    public static PayloadWriter Notification => (_notification ??= new()).Reset();

    /// <summary>For a piece that becomes part of a frame.</summary>
    public static PayloadWriter Part => (_part ??= new()).Reset();

    /// <summary>The v2 frame of the event being distributed; not reset here.</summary>
    public static PayloadWriter V2Frame => _v2Frame ??= new();

    /// <summary>The v3 frame of the event being distributed; not reset here.</summary>
    public static PayloadWriter V3Frame => _v3Frame ??= new();
}
