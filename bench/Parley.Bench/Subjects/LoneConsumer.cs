using System.Text.Json.Nodes;
using Parley.Bench.Load;

namespace Parley.Bench.Subjects;

/// <summary>A consumer with a conversation that no agent has: he may write to it and read it on as many sockets as he likes.</summary>
internal sealed class LoneConsumer
{
    private const int InFlight = 32;

    private readonly ParleyProcess _server;
    private readonly string _token;
    private readonly string _dialogId;

    private LoneConsumer(ParleyProcess server, string token, string dialogId) => (_server, _token, _dialogId) = (server, token, dialogId);

    /// <summary>Signs him up and opens his conversation.</summary>
    public static async Task<LoneConsumer> CreateAsync(ParleyProcess server, ParleyApi api)
    {
        var token = await api.NewConsumerAsync();
        using var socket = Connect(server, token, LeanSocket.UsualBufferBytes);
        return new LoneConsumer(server, token, new RequestSocket(socket).Ask("cm.ConsumerRequestConversation", []).GetProperty("conversationId").GetString()!);
    }

    /// <summary>The same consumer at a server that was started again.</summary>
    public LoneConsumer At(ParleyProcess server) => new(server, _token, _dialogId);

    /// <summary>Another socket of his.</summary>
    public LeanSocket Connect(int receiveBytes = LeanSocket.UsualBufferBytes) => Connect(_server, _token, receiveBytes);

    /// <summary>What he publishes.</summary>
    public PublishTemplate Template(int bytes) => new(_dialogId, bytes);

    /// <summary>Publishes so many, and waits for their answers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="bytes">Of the JSON of each.</param>
    /// <exception cref="IOException">One was refused.</exception>
    public void Publish(int count, int bytes)
    {
        using var socket = Connect();
        var template = Template(bytes);
        var (sent, answered) = (0, 0);
        while (answered < count)
        {
            for (; sent < count && sent - answered < InFlight; sent++) template.Queue(socket, sent);
            socket.Flush();
            socket.WaitAndReceive();
            answered += TakeAnswers(socket);
        }
    }

    /// <summary>Closes his conversation: until then it waits for the first agent who is free.</summary>
    /// <exception cref="IOException">It was refused.</exception>
    public void Close()
    {
        using var socket = Connect();
        new RequestSocket(socket).Ask("cm.UpdateConversationField", new JsonObject
        {
            ["conversationId"] = _dialogId,
            ["conversationField"] = new JsonArray(new JsonObject { ["field"] = "ConversationStateField", ["conversationState"] = "CLOSE" }),
        });
    }

    /// <summary>Takes the answers to publishes that were received on a socket that follows nothing.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">One was refused.</exception>
    public static int TakeAnswers(LeanSocket socket)
    {
        var answers = 0;
        while (socket.TryReadText(out var text, out var isWhole) || isWhole)
        {
            var frame = ReceivedFrame.Read(text);
            if (frame is not { Kind: ReceivedKind.Answer, Code: 200 }) throw new IOException($"A publish got {frame}.");
            answers++;
        }

        return answers;
    }

    /// <summary>The frame that subscribes a socket to the whole dialog.</summary>
    public byte[] Subscription() => MaskedFrame.Create(FrameHeader.Text, System.Text.Encoding.UTF8.GetBytes(
        new JsonObject
        {
            ["kind"] = "req", ["id"] = "follow", ["type"] = "ms.SubscribeMessagingEvents", ["body"] = new JsonObject { ["dialogId"] = _dialogId, ["fromSeq"] = 0 },
        }.ToJsonString()));

    private static LeanSocket Connect(ParleyProcess server, string token, int receiveBytes) =>
        LeanSocket.Connect(server.Http, $"{PairSetup.Sockets}/consumer?v=3", $"jwt {token}", receiveBytes);
}
