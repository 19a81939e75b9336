INSERT INTO DatasetLineage (UpstreamId, DownstreamId) VALUES (@UpstreamId, @DownstreamId)
