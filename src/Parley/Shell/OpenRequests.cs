using System.Text.Json;

namespace Parley.Shell;

/// <summary>The requests of a session that have no answer yet, so that a script's session can end when its last answer came.</summary>
internal sealed class OpenRequests
{
    private readonly Dictionary<string, int> _open = [];
    private TaskCompletionSource? _allAnswered;

    /// <summary>Completes when every request sent so far is answered.</summary>
    public Task AllAnswered
    {
        get
        {
            lock (_open)
            {
                if (_open.Count == 0) return Task.CompletedTask;
                _allAnswered ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                return _allAnswered.Task;
            }
        }
    }

    public void Sent(ReadOnlySpan<byte> frame)
    {
        if (Id(frame, "id") is not { } id) return;
        lock (_open) _open[id] = _open.GetValueOrDefault(id) + 1;
    }

    public void Answered(ReadOnlySpan<byte> frame)
    {
        if (Id(frame, "reqId") is not { } id) return;
        lock (_open)
        {
            if (!_open.TryGetValue(id, out int count)) return;
            if (count > 1) _open[id] = count - 1;
            else _open.Remove(id);
            if (_open.Count == 0) _allAnswered?.TrySetResult();
        }
    }

    /// <summary>The member as text, whether it is sent as text or as a number; null when the frame has none or is no JSON.</summary>
    private static string? Id(ReadOnlySpan<byte> frame, string member)
    {
        try
        {
            JsonElement json = JsonElement.Parse(frame);
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out JsonElement id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? id.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
