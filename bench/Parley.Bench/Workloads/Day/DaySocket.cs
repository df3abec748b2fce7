using System.Net.Sockets;
using System.Text;
using Parley.Bench.Load;

namespace Parley.Bench.Workloads.Day;

/// <summary>A person's socket: what he sends in JSON, what he gets to whoever plays him.</summary>
internal abstract class DaySocket(LeanSocket socket, DayMeter meter) : IDisposable
{
    public Socket Socket => socket.Socket;

    protected DayMeter Meter => meter;

    /// <summary>Takes what arrived.</summary>
    public void Receive()
    {
        if (!socket.Receive()) return;
        while (true)
        {
            var isText = socket.TryReadText(out var text, out var isWhole);
            if (!isWhole) break;
            if (!isText) continue;
            var frame = ReceivedFrame.Read(text);
            if (frame.Kind == ReceivedKind.Answer) meter.Answered(frame, text);
            Take(frame, text);
        }

        socket.Flush();
    }

    public void Dispose() => socket.Dispose();

    protected abstract void Take(in ReceivedFrame frame, ReadOnlySpan<byte> text);

    protected void Send(string json)
    {
        socket.Queue(MaskedFrame.Create(FrameHeader.Text, Encoding.UTF8.GetBytes(json)));
        socket.Flush();
    }

    /// <summary>Publishes a message of about the usual length.</summary>
    protected void Say(string family, string dialogId, bool isAgent)
    {
        var number = meter.Send(isAgent);
        Send($$$$"""{"kind":"req","id":"{{{{number}}}}","type":"{{{{family}}}}.PublishEvent","body":{"dialogId":"{{{{dialogId}}}}","event":{"type":"ContentEvent","contentType":"text/plain","message":"{{{{number}}}} Hello there, I would like to know where my parcel is right now, please"}}}""");
    }

    protected void Compose(string family, string dialogId)
    {
        meter.OtherEvents++;
        Send($$$$"""{"kind":"req","id":"c","type":"{{{{family}}}}.PublishEvent","body":{"dialogId":"{{{{dialogId}}}}","event":{"type":"ChatStateEvent","chatState":"COMPOSING"}}}""");
    }

    protected void Read(string family, string dialogId, long sequence)
    {
        meter.OtherEvents++;
        Send($$$$"""{"kind":"req","id":"r","type":"{{{{family}}}}.PublishEvent","body":{"dialogId":"{{{{dialogId}}}}","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":[{{{{sequence}}}}]}}}""");
    }

    /// <summary>The string that follows a member's name; null when there is none.</summary>
    protected static string? Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        var at = json.IndexOf(member);
        if (at < 0) return null;
        var rest = json[(at + member.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }
}
