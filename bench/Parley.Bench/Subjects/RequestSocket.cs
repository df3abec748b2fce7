using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Bench.Load;
using Parley.Bench.Reporting;

namespace Parley.Bench.Subjects;

/// <summary>Requests and their answers one at a time on a lean socket: for what precedes the measuring.</summary>
internal sealed class RequestSocket(LeanSocket socket)
{
    private readonly List<JsonElement> _notifications = [];
    private int _lastId;

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <returns>The answer's body.</returns>
    /// <exception cref="IOException">It was refused.</exception>
    public JsonElement Ask(string type, JsonObject body)
    {
        // The answers to publishes, which the load sends afterwards, must not be mistaken for these.
        var id = $"setup-{++_lastId}";
        var request = new JsonObject { ["kind"] = "req", ["id"] = id, ["type"] = type, ["body"] = body };
        socket.Queue(MaskedFrame.Create(FrameHeader.Text, JsonSerializer.SerializeToUtf8Bytes(request, BenchJson.Default.JsonObject)));
        socket.Flush();
        while (true)
        {
            var frame = Next();
            if (frame.GetProperty("kind").GetString() != "resp")
            {
                _notifications.Add(frame);
            }
            else if (frame.GetProperty("reqId").GetString() == id)
            {
                return frame.GetProperty("code").GetInt32() is 200 or 202 ? frame.GetProperty("body") : throw new IOException($"{type} was refused: {frame}");
            }
        }
    }

    /// <summary>Waits for a notification, which may have come already.</summary>
    public JsonElement Await(Func<JsonElement, bool> isIt)
    {
        while (true)
        {
            foreach (var notification in _notifications)
            {
                if (isIt(notification)) return notification;
            }

            _notifications.Clear();
            _notifications.Add(Next());
        }
    }

    private JsonElement Next()
    {
        int opcode;
        ReadOnlySpan<byte> payload;
        while (!socket.TryRead(out opcode, out payload)) socket.WaitAndReceive();
        if (opcode != FrameHeader.Text) throw new IOException($"A frame with opcode {opcode} came before the load began.");
        var reader = new Utf8JsonReader(payload);
        return JsonElement.ParseValue(ref reader);
    }
}
