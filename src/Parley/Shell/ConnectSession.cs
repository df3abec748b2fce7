using System.Text;
using Parley.Client;

namespace Parley.Shell;

/// <summary>One run of <c>parley connect</c> over an open socket: lines in, frames out, until either side ends it.</summary>
internal sealed class ConnectSession(ParleySocket socket, ConnectOptions options, ILineSource input, FramePrinter printer, TimeProvider time)
{
    private static readonly TimeSpan ExecuteWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(1);

    private readonly OpenRequests _open = new();

    /// <summary>How the connection ended; null when this side ended it.</summary>
    public async Task<SocketClosure?> RunAsync(CancellationToken interrupt)
    {
        socket.ControlFrameReceived += (kind, data) =>
        {
            if (options.ShowPings) printer.Received($"Received {(kind == ControlFrame.Ping ? "ping" : "pong")} (data: \"{Encoding.UTF8.GetString(data.Span)}\")");
        };
        using var ended = new CancellationTokenSource();
        Task receiving = ReceiveAsync();
        Task pinging = PingAsync(ended.Token);
        Task talking = TalkAsync(interrupt, ended.Token);
        await Task.WhenAny(receiving, talking);
        bool peerEnded = receiving.IsCompleted;
        if (!peerEnded) await CloseAsync(receiving);
        await ended.CancelAsync();
        await pinging;
        if (talking.IsFaulted) await talking;
        return peerEnded ? socket.Closure : null;
    }

    private async Task TalkAsync(CancellationToken interrupt, CancellationToken ended)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupt, ended);
        try
        {
            if (options.Execute.Count > 0)
            {
                foreach (string frame in options.Execute) await SendAsync(frame);
                await StayAsync(options.Wait ?? ExecuteWait, stop.Token);
                return;
            }
            while (await input.ReadLineAsync(stop.Token) is { } line)
            {
                if (options.SlashCommands && line.StartsWith('/')) await ObeyAsync(line);
                else if (line.Length > 0) await SendAsync(line);
            }
            if (input.IsInteractive) return;
            if (options.Wait is { } wait) await StayAsync(wait, stop.Token);
            else await _open.AllAnswered.WaitAsync(AnswerWait, time, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or ParleyConnectionLostException)
        {
            // Interrupted, waited long enough, or the peer ended: the receiving side knows which.
        }
    }

    private async Task ReceiveAsync()
    {
        while (await socket.ReceiveAsync() is { } frame)
        {
            printer.Frame(frame.Span);
            _open.Answered(frame.Span);
        }
    }

    private Task SendAsync(string frame)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(frame);
        _open.Sent(bytes);
        return socket.SendAsync(bytes);
    }

    private async Task ObeyAsync(string line)
    {
        string[] words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        byte[] data = Encoding.UTF8.GetBytes(words.ElementAtOrDefault(1) ?? "");
        switch (words[0])
        {
            case "/ping": await socket.SendControlFrameAsync(ControlFrame.Ping, data); break;
            case "/pong": await socket.SendControlFrameAsync(ControlFrame.Pong, data); break;
            case "/close" when words.Length == 1: await socket.CloseAsync(); break;
            case "/close" when int.TryParse(words[1], out int code) && code is 1000 or >= 3000 and < 5000:
                await socket.CloseAsync(code, words.ElementAtOrDefault(2) ?? "");
                break;
            case "/close": printer.Error("A close code is 1000 or between 3000 and 4999."); break;
            default: printer.Error("Unrecognized slash command."); break;
        }
    }

    private async Task PingAsync(CancellationToken ended)
    {
        if (options.Ping is not { } interval) return;
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended)) await socket.SendControlFrameAsync(ControlFrame.Ping, default, ended);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The receiving side tells why the connection ended.
        }
    }

    private Task StayAsync(TimeSpan wait, CancellationToken stop) => Task.Delay(wait < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : wait, time, stop);

    private async Task CloseAsync(Task receiving)
    {
        try
        {
            await socket.CloseAsync();
            await receiving.WaitAsync(CloseWait, time);
        }
        catch (TimeoutException)
        {
            // The peer does not answer the close frame; it is left.
        }
    }
}
