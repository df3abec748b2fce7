using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Parley.Protocol.Codes;
using Parley.Server.Gateway.Frames;
using Parley.Server.Lists;

namespace Parley.Server.Gateway;

/// <summary>Reads one socket until it ends.</summary>
internal sealed class SocketLoop(Connections connections, ListFanOut lists, MessageHandler messages, GatewayMetrics metrics, ILogger<SocketLoop> log)
{
    /// <summary>Serves the connection; returns when the transport is done with.</summary>
    public async Task RunAsync(Connection connection, FrameReader frames)
    {
        connections.Add(connection);
        // Its upgrade was under way when the others were closed.
        if (connections.AreEnding) connection.CloseWhenAnswered(CloseCode.GoingAway, CloseReasons.ShuttingDown);
        LogMessages.SocketOpened(log, connection.Id, connection.AccountId, connection.Dialect);
        try
        {
            LoopEnd end;
            do
            {
                var result = await connection.Input.ReadAsync().ConfigureAwait(false);
                end = Receive(connection, frames, result);
                if (end == LoopEnd.Paused) await connection.ReadableAsync().ConfigureAwait(false);
            }
            while (end != LoopEnd.Closed);

            if (frames.Error is not null) await DiscardAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The peer went away without a close frame.
        }
        catch (Exception e)
        {
            LogMessages.SocketFailed(log, e, connection.Id);
        }
        finally
        {
            if (connection is { Closing: { } code, IsClosedByPeer: false }) metrics.Closes.Add(1, new KeyValuePair<string, object?>("code", (int)code));
            LogMessages.SocketEnded(log, connection.Id, connection.Closing);
            connections.Remove(connection);
            foreach (var subscription in connection.Lists) lists.Remove(subscription);
            await LingerAsync(connection).ConfigureAwait(false);
            connection.End();
        }
    }

    // Not async: what is read must not stay in the state of a task while nothing comes.
    private LoopEnd Receive(Connection connection, FrameReader frames, in ReadResult result)
    {
        var buffer = result.Buffer;
        if (!buffer.IsEmpty) connection.LastReceived = connection.Time.GetTimestamp();
        LoopEnd end;
        using (FlushBatch.Begin())
        {
            end = Handle(connection, frames, ref buffer);
            connection.EndRead();
        }

        // Unless reading is paused, everything was examined: what is left is an incomplete frame.
        connection.Input.AdvanceTo(buffer.Start, end == LoopEnd.Paused ? buffer.Start : buffer.End);
        return result.IsCompleted && end == LoopEnd.NeedsMore ? LoopEnd.Closed : end;
    }

    // What was written last should arrive; a peer that reads nothing more must not keep the socket.
    private static async Task LingerAsync(Connection connection)
    {
        try
        {
            await connection.DrainedAsync().WaitAsync(SocketWatch.CloseGrace, connection.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            connection.Abort();
        }
    }

    // Closing a TCP connection with unread bytes resets it, and the client would lose the close frame.
    private static async Task DiscardAsync(Connection connection)
    {
        while (!connection.IsClosed)
        {
            var result = await connection.Input.ReadAsync().ConfigureAwait(false);
            connection.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return;
        }
    }

    private LoopEnd Handle(Connection connection, FrameReader frames, ref ReadOnlySequence<byte> buffer)
    {
        while (connection.BeginRead())
        {
            if (!frames.TryRead(ref buffer, out var opcode, out var payload))
            {
                if (frames.Error is not { } error) return LoopEnd.NeedsMore;
                connection.Close(error.Code, error.Reason);
                return LoopEnd.Closed;
            }

            switch (opcode)
            {
                case Opcode.Close:
                    connection.IsClosedByPeer = connection.Closing is null;
                    connection.Close(CloseReply(payload), "");
                    return LoopEnd.Closed;
                case Opcode.Ping:
                    connection.Pong(payload);
                    break;
                case Opcode.Text when connection.Closing is null:
                    messages(connection, payload);
                    break;
            }
        }

        return connection.IsClosed ? LoopEnd.Closed : LoopEnd.Paused;
    }

    // A close frame carries nothing, or a code that may be sent (RFC 6455, 7.4) and a UTF-8 reason.
    private static CloseCode CloseReply(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty) return CloseCode.Normal;
        if (payload.Length == 1) return CloseCode.ProtocolError;
        var code = (payload[0] << 8) | payload[1];
        var isAllowed = code is >= 1000 and <= 1014 and not (1004 or 1005 or 1006) or >= 3000 and <= 4999;
        return !isAllowed ? CloseCode.ProtocolError
            : !System.Text.Unicode.Utf8.IsValid(payload[2..]) ? CloseCode.InvalidPayload
            : (CloseCode)code;
    }

    private enum LoopEnd { NeedsMore, Paused, Closed }
}
