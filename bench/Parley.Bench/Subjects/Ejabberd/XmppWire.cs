using Parley.Bench.Load;

namespace Parley.Bench.Subjects.Ejabberd;

/// <summary>XMPP over WebSocket (RFC 7395): each message is followed by a request for acknowledgement (XEP-0198), which is answered once it is archived.</summary>
internal sealed class XmppWire(string to, int bytes) : IPairWire
{
    private readonly NumberedBytes _message = NumberedBytes.Frames(
        NumberedBytes.Fill($"<message xmlns='jabber:client' to='{to}' id='{NumberedBytes.Mark}' type='chat'><body>", "</body></message>", bytes), "<r xmlns='urn:xmpp:sm:3'/>");

    public bool TellsSender => false;

    public void Publish(LeanSocket sender, long number) => _message.Queue(sender, number);

    public bool TryTake(LeanSocket socket, bool isAgent, out ReceivedFrame frame, out ReadOnlySpan<byte> bytes)
    {
        frame = ReceivedFrame.Unknown;
        if (!socket.TryReadText(out bytes, out var isWhole) || bytes.IndexOf("type='error'"u8) >= 0) return isWhole;
        if (bytes.StartsWith("<a "u8)) frame = new ReceivedFrame(ReceivedKind.Answer, ReceivedFrame.After(bytes, " h='"u8) - 1, -1, 200);
        else if (bytes.StartsWith("<message "u8) && ReceivedFrame.After(bytes, "<body>"u8) is >= 0 and var number) frame = new ReceivedFrame(ReceivedKind.Delivery, number, number, 0);
        return true;
    }
}
