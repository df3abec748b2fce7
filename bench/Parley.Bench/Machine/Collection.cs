using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Parley.Bench.Machine;

/// <summary>Makes another .NET process collect its garbage, so that what it keeps shows.</summary>
internal static class Collection
{
    private const long CollectHeap = 0x800000;
    private const int Times = 3;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <summary>Collects several times, because memory is given back to the system little by little.</summary>
    public static async Task ForceAsync(int process)
    {
        var client = new DiagnosticsClient(process);
        for (var i = 0; i < Times; i++)
        {
            using (var session = client.StartEventPipeSession(new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectHeap), requestRundown: false, circularBufferMB: 1))
            {
                var drained = session.EventStream.CopyToAsync(Stream.Null);
                session.Stop();
                await drained;
            }

            await Task.Delay(Between);
        }
    }
}
