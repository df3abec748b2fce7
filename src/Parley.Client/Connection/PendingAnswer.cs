using System.Text.Json;

namespace Parley.Client;

/// <summary>A request that was sent and is not answered.</summary>
internal sealed class PendingAnswer(Request request)
{
    private readonly TaskCompletionSource<JsonElement> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<JsonElement> Task => _answer.Task;

    public void Answer(int code, string type, JsonElement body)
    {
        if (code > 399)
        {
            _answer.TrySetException(new ParleyRequestException(request.Type, code, type, body));
            return;
        }
        request.OnAnswer?.Invoke(body);
        _answer.TrySetResult(body);
    }

    public void Lose(SocketClosure closure) => _answer.TrySetException(new ParleyConnectionLostException(closure));
}
