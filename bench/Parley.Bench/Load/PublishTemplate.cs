namespace Parley.Bench.Load;

/// <summary>A publish to one dialog; its number is both the request's id and the message's first word.</summary>
internal sealed class PublishTemplate(string dialogId, int bytes)
{
    /// <summary>Of the JSON, as all workloads use it.</summary>
    public const int UsualBytes = 250;

    /// <summary>Of the frame that carries it.</summary>
    public const int HeaderBytes = 8;

    private readonly NumberedBytes _frame = NumberedBytes.Frames(NumberedBytes.Fill(
        $"{{\"kind\":\"req\",\"id\":\"{NumberedBytes.Mark}\",\"type\":\"ms.PublishEvent\",\"body\":{{\"dialogId\":\"{dialogId}\",\"event\":"
            + "{\"type\":\"ContentEvent\",\"contentType\":\"text/plain\",\"message\":\"",
        "\"}}}",
        bytes));

    /// <summary>Queues the publish with this number.</summary>
    public void Queue(LeanSocket socket, long number) => _frame.Queue(socket, number);
}
